import { Modal } from "@mantine/core";
import { useCallback, useState } from "react";
import { type Bell, useBell } from "../shared/door-bell";
import { useJob } from "../shared/jobs";
import { kindOf } from "./work";

/** What came of a piece of long work, or why nothing did. */
export function JobDialog() {
  const [id, setId] = useState<number | string>();
  useBell(
    "job",
    useCallback((bell: Extract<Bell, { open: "job" }>) => setId(bell.id), []),
  );
  const job = useJob(id);
  const close = () => setId(undefined);
  if (job === undefined) return <Modal opened={false} onClose={close} />;
  const { Details } = kindOf(job);
  return (
    <Modal opened onClose={close} title={job.title} size={640}>
      <Details job={job} onClose={close} />
    </Modal>
  );
}
