import type { ComponentType } from "react";
import { JobDetails } from "../features/import/JobDetails";
import { badRowsOf } from "../features/import/load";
import { summary } from "../features/import/summary";
import { BatchDetails } from "../features/invoices/batch/BatchDetails";
import { batchSummary } from "../features/invoices/batch/batch";
import { ProofDetails, proofSummary } from "../features/invoices/Proof";
import { asRefusal } from "../host/problem";
import type { Job } from "../host/wire";
import { ring } from "../shared/door-bell";
import { showDone, showRefusal } from "../shared/notices";

/** How one kind of long work is told of, and looked at afterwards. */
type Kind = {
  Details: ComponentType<{ job: Job; onClose: () => void }>;
  /** One sentence on what it did. */
  summary: (job: Job) => string;
  /** It failed in a way that only its details say. */
  asks?: (job: Job) => boolean;
};

/** Imports and syncs, which came first, and whatever else has nothing to show of its own. */
const LOADING: Kind = { Details: JobDetails, summary, asks: (job) => badRowsOf(job) !== undefined };

const KINDS: Record<string, Kind> = {
  "invoices.batch": { Details: BatchDetails, summary: batchSummary },
  "invoices.verify": { Details: ProofDetails, summary: proofSummary },
};

export function kindOf({ kind }: Job): Kind {
  return KINDS[kind] ?? LOADING;
}

/** Tells how a job ended; where only its details say what is to be done, they open. */
export function announce(job: Job): void {
  const { summary: say, asks } = kindOf(job);
  if (job.state === "done") showDone(say(job));
  else if (job.state === "failed" && asks?.(job)) ring({ open: "job", id: job.id });
  else if (job.state === "failed") showRefusal(asRefusal(job.problem ?? new Error(job.message)));
}
