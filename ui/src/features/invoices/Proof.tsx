import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { z } from "zod";
import type { Job } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { JobBar, progressOf } from "../../shared/JobProgress";
import { cancelJob, isRunning } from "../../shared/jobs";
import { formatCount } from "../../shared/money";

const result = z.object({ checked: z.number(), problems: z.array(z.string()) });

function proofOf(job: Job) {
  return result.safeParse(job.result).data;
}

/** One sentence on what the proof found. */
export function proofSummary(job: Job): string {
  const found = proofOf(job);
  if (found === undefined) return `${job.title}: done`;
  const { checked, problems } = found;
  return problems.length === 0
    ? `${formatCount(checked)} issued documents: all of it holds`
    : `${formatCount(checked)} issued documents: not all of it holds`;
}

function Found({ checked, problems }: z.infer<typeof result>) {
  if (problems.length === 0) {
    return (
      <Alert
        color="teal"
        role="status"
        title="All of it holds"
        styles={{ title: { color: "var(--tp-ink)" } }}
      >
        {formatCount(checked)} issued documents: numbers, totals, hashes and bytes agree.
      </Alert>
    );
  }
  return (
    <Alert color="red" role="alert" title="Not all of it holds">
      {problems.map((problem) => (
        <Text key={problem} size="sm" style={{ overflowWrap: "anywhere" }}>
          {problem}
        </Text>
      ))}
    </Alert>
  );
}

/** How far a proof of all invoices is, or what it found. */
export function ProofDetails({ job, onClose }: { job: Job; onClose: () => void }) {
  const found = proofOf(job);
  const running = isRunning(job);
  return (
    <Stack gap="md">
      {running && (
        <div role="status">
          <JobBar job={job} />
          <Text size="sm" mt={6}>
            {progressOf(job)}
          </Text>
        </div>
      )}
      {job.problem !== null && <ErrorPanel error={job.problem} />}
      {found !== undefined && <Found {...found} />}
      <Group justify="flex-end">
        {running && (
          <Button variant="default" onClick={() => cancelJob(job.id)}>
            Stop
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
