import { Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Transfer } from "../../../host/wire";
import { useJob } from "../../../shared/jobs";
import { formatCount } from "../../../shared/money";
import styles from "../Tenants.module.css";
import { recheck, rechecked } from "./care";

const OUTCOMES: Record<string, string> = {
  superseded: "no longer what is there",
  different: "something else is there",
  gone: "no longer there",
  unknown: "could not be asked about",
};

/** Asks the store whether what arrived is still there as it was, and what came of asking. */
export function useRecheck(transfer: Transfer): { button: ReactNode; outcome: ReactNode } {
  const [asked, setAsked] = useState<number>();
  const job = useJob(asked);
  const ask = useMutation({ mutationFn: () => recheck(transfer.id), onSuccess: setAsked });
  const found = rechecked.safeParse(job?.result).data;
  const running = ask.isPending || job?.state === "running" || job?.state === "queued";
  return {
    button: (
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={15} aria-hidden="true" />}
        loading={running}
        onClick={() => ask.mutate()}
      >
        Check again
      </Button>
    ),
    outcome: found !== undefined && (
      <div role="status">
        {formatCount(found.same)} of {formatCount(found.asked)} are in the store as they arrived.
        {found.findings.length > 0 && (
          <ul className={styles.findings}>
            {found.findings.map(({ file, path, outcome, what }) => (
              <li key={file}>
                {path || transfer.title}: {OUTCOMES[outcome] ?? outcome}
                {what !== null && ` (${what})`}
              </li>
            ))}
          </ul>
        )}
      </div>
    ),
  };
}
