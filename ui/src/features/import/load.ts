import { z } from "zod";
import { api, host } from "../../host/client";
import type { ImportAsk, Picked } from "../../host/host";
import { data } from "../../host/problem";
import type { Job, SyncPlan } from "../../host/wire";
import { learn, remember } from "../../shared/jobs";

export async function cancelJob(id: Job["id"]): Promise<void> {
  learn(data(await api.POST("/api/v1/jobs/{id}/cancel", { params: { path: { id } } })));
}

/** Begins the import of each file; the tray shows how it goes. */
export async function startImports(picked: Picked[], ask: ImportAsk): Promise<Job[]> {
  const jobs = await host().importFiles(picked, ask);
  jobs.forEach((job, at) => {
    const from = picked[at];
    if (from !== undefined) remember(job.id, { picked: from, client: ask.client, add: ask.add });
    learn(job);
  });
  return jobs;
}

/** What a sync would ask of AWS and what that costs; asks nothing yet. */
export async function planSync(client?: string): Promise<SyncPlan[]> {
  const answer = data(await api.POST("/api/v1/syncs", { body: { client, dry_run: true } }));
  return "plans" in answer ? answer.plans : [];
}

export async function startSync(client?: string): Promise<void> {
  const answer = data(await api.POST("/api/v1/syncs", { body: { client, dry_run: false } }));
  if ("state" in answer) learn(answer);
}

const total = z.object({ currency: z.string(), billed: z.string(), effective: z.string() });
const badRow = z.object({ line: z.number(), column: z.string().nullish(), reason: z.string() });
const importResult = z.object({
  file: z.string().nullish(),
  format: z.string().nullish(),
  lines: z.number().optional(),
  charges: z.number().optional(),
  periods: z
    .array(
      z.object({
        client: z.string(),
        billing_account: z.string(),
        period: z.string(),
        outcome: z.string(),
        version: z.number(),
        replaced_version: z.number().nullish(),
        totals: z.array(total).default([]),
      }),
    )
    .default([]),
  notes: z.array(z.string()).default([]),
  skipped_rows: z.array(badRow).default([]),
});
const refusal = z.object({
  rows: z.array(badRow),
  count: z.number().optional(),
  file: z.string().optional(),
});

export type ImportResult = z.infer<typeof importResult>;
export type BadRow = z.infer<typeof badRow>;

/** What an import made of its file, if the job has ended well and was one. */
export function resultOf(job: Job): ImportResult | undefined {
  const parsed = importResult.safeParse(job.result);
  return parsed.success ? parsed.data : undefined;
}

/** The rows for which a file was refused, if that is why. */
export function badRowsOf(job: Job): { rows: BadRow[]; count: number } | undefined {
  const parsed = refusal.safeParse(job.problem?.details);
  if (!parsed.success || parsed.data.rows.length === 0) return undefined;
  return { rows: parsed.data.rows, count: parsed.data.count ?? parsed.data.rows.length };
}
