import type { Job } from "../../host/wire";
import { formatCount } from "../../shared/money";
import { resultOf } from "./load";

const OUTCOMES: Record<string, string> = {
  new: "new",
  replaced: "replaced",
  unchanged: "unchanged",
  added: "added beside what was there",
};

export function nameOutcome(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}

/** One sentence on what a job did. */
export function summary(job: Job): string {
  const result = resultOf(job);
  if (result === undefined || result.periods.length === 0) return `${job.title}: done`;
  const outcomes = new Map<string, number>();
  for (const { outcome } of result.periods) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const told = [...outcomes].map(([outcome, count]) => `${count} ${nameOutcome(outcome)}`).join(", ");
  const charges = result.charges === undefined ? "" : `, ${formatCount(result.charges)} charges`;
  const bills = result.sets.length > 1 ? `${formatCount(result.sets.length)} bills, ` : "";
  return `${result.file ?? job.title}: ${bills}billing periods ${told}${charges}`;
}
