import { z } from "zod";
import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { InvoiceBatchDraft, Job } from "../../../host/wire";
import { learn } from "../../../shared/jobs";
import { formatCount } from "../../../shared/money";

/** What a batch does to each. */
export type Deed = "draft" | "approve" | "issue" | "send";

/** Begins a batch; it goes on when the page is left. */
export async function startBatch(body: InvoiceBatchDraft): Promise<Job> {
  const job = data(await api.POST("/api/v1/invoices/batches", { body }));
  learn(job);
  return job;
}

const result = z.object({
  recipients: z.array(
    z.object({
      for: z.object({ label: z.string() }),
      outcome: z.string(),
      invoice: z.number().nullable(),
      number: z.string().nullable(),
      currency: z.string().nullable(),
      total: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  totals: z.array(z.object({ currency: z.string(), total: z.string(), count: z.number() })),
});

export type BatchResult = z.infer<typeof result>;
export type Ended = BatchResult["recipients"][number];

/** What became of each, as far as the batch has come; undefined before there is anything to say. */
export function resultOf(job: Job): BatchResult | undefined {
  return result.safeParse(job.result).data;
}

/** What became of one, in words; what somebody has to see to stands first. */
const OUTCOMES: Record<string, { name: string; colour: string }> = {
  failed: { name: "not done", colour: "red" },
  waiting: { name: "on its way", colour: "yellow" },
  not_begun: { name: "not begun", colour: "yellow" },
  nothing: { name: "nothing to bill", colour: "gray" },
  drafted: { name: "drafted", colour: "teal" },
  unchanged: { name: "as before", colour: "gray" },
  approved: { name: "approved", colour: "teal" },
  issued: { name: "issued", colour: "teal" },
  sent: { name: "sent", colour: "teal" },
};

const ORDER = Object.keys(OUTCOMES);

export function outcomeOf(one: Ended): { name: string; colour: string } {
  return OUTCOMES[one.outcome] ?? { name: one.outcome, colour: "gray" };
}

/** Those whom somebody has to see to first, each kind as it was done. */
export function inOrder(all: Ended[]): Ended[] {
  return all.toSorted((left, right) => ORDER.indexOf(left.outcome) - ORDER.indexOf(right.outcome));
}

/** `47 issued, 3 not done`. */
export function tellOutcomes(all: Ended[]): string {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(outcomeOf(one).name, (counts.get(outcomeOf(one).name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([name, count]) => `${formatCount(count)} ${name}`)
    .join(", ");
}

/** Whether it ended with nothing for somebody to see to. */
export function wentWell(job: Job): boolean {
  const told = resultOf(job)?.recipients;
  return (
    job.state === "done" &&
    told !== undefined &&
    !told.some(({ outcome }) => ["failed", "waiting", "not_begun"].includes(outcome))
  );
}

/** One sentence on what a batch did. */
export function batchSummary(job: Job): string {
  const told = resultOf(job)?.recipients ?? [];
  return told.length === 0 ? `${job.title}: nobody to do it for` : `${job.title}: ${tellOutcomes(told)}`;
}
