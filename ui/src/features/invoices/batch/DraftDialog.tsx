import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Job } from "../../../host/wire";
import { nameMonth } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { startBatch } from "./batch";
import { Running } from "./Running";

/** Who gets an invoice of their own. */
const WHOSE = [
  { value: "people", label: "People", description: "Each person, for what is theirs in the month." },
  { value: "teams", label: "Teams", description: "Each team, for what is assigned to the team itself." },
  { value: "clients", label: "Clients", description: "Each client, for all of its bills." },
] as const;
type Whose = (typeof WHOSE)[number]["value"];

type DraftDialogProps = { month: string; onClose: () => void };

/** Drafts a month for everybody of a kind; what is approved or issued stays. */
export function DraftDialog({ month, onClose }: DraftDialogProps) {
  const [whose, setWhose] = useState<Whose>("people");
  const [job, setJob] = useState<Job["id"]>();
  const begin = useMutation({
    meta: { quiet: true },
    mutationFn: () => startBatch({ action: "draft", month, for: whose }),
    onSuccess: ({ id }) => setJob(id),
  });
  return (
    <Modal opened onClose={onClose} title={`Draft ${nameMonth(month)}`} size={600}>
      {job !== undefined ? (
        <Running id={job} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <Radio.Group
            label="An invoice for each of"
            value={whose}
            onChange={(next) => setWhose(next as Whose)}
          >
            <Stack gap={8} mt={8}>
              {WHOSE.map((one) => (
                <Radio key={one.value} size="xs" {...one} />
              ))}
            </Stack>
          </Radio.Group>
          <Text size="sm">
            Drafts that are there are made anew with what was put on them by hand; what is approved or issued
            stays, and what it bills is not billed again. No number is taken.
          </Text>
          {begin.error !== null && <ErrorPanel error={begin.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Not yet
            </Button>
            <Button loading={begin.isPending} onClick={() => begin.mutate()} data-autofocus>
              Draft
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
