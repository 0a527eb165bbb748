import { Progress } from "@mantine/core";
import type { Job } from "../host/wire";
import { formatCount } from "./money";

/** How far a job has come, in words. */
export function progressOf(job: Job): string {
  if (job.state === "queued") return "Waiting its turn";
  if (job.total > 0) return `${formatCount(job.done)} of ${formatCount(job.total)} ${job.unit}`;
  return job.message || "Working";
}

type JobBarProps = { job: Job; className?: string | undefined };

/** How far a job has come, as a bar; it only moves where nobody knows how much there is. */
export function JobBar({ job, className }: JobBarProps) {
  return (
    <Progress
      className={className}
      value={job.total > 0 ? Math.min(100, (job.done / job.total) * 100) : 100}
      animated={job.total === 0}
      size="sm"
      aria-label={`Progress of ${job.title}`}
    />
  );
}
