import { Progress } from "@mantine/core";
import type { Job } from "../host/wire";
import { formatCount } from "./money";
import { nameSize } from "./sizes";

/** How far a job has come, in words. */
export function progressOf(job: Job): string {
  if (job.state === "queued") return "Waiting its turn";
  const doing = job.message || "Working";
  if (job.total === 0) return doing;
  // A part is confirmed whole: until then it is said what is being done.
  if (job.unit === "bytes") return `${doing}: ${nameSize(job.done)} of ${nameSize(job.total)}`;
  return `${formatCount(job.done)} of ${formatCount(job.total)} ${job.unit}`;
}

type JobBarProps = { job: Job; className?: string | undefined };

/** How far a job has come, as a bar; it only moves where nobody knows how much there is. */
export function JobBar({ job, className }: JobBarProps) {
  const unknown = job.total === 0 && job.state === "running";
  return (
    <Progress
      className={className}
      value={unknown ? 100 : Math.min(100, (job.done / Math.max(1, job.total)) * 100)}
      animated={unknown}
      size="sm"
      aria-label={`Progress of ${job.title}`}
    />
  );
}
