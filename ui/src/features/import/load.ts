import { z } from "zod";
import { api, host } from "../../host/client";
import type { ImportAsk, Picked } from "../../host/host";
import { data } from "../../host/problem";
import type { Job, SyncPlan } from "../../host/wire";
import { learn, remember } from "../../shared/jobs";
import { formatCount } from "../../shared/money";
import { nameSize } from "../../shared/sizes";

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

export type Plans = {
  plans: SyncPlan[];
  /** What somebody has to agree to for all months to be loaded. */
  toAgree: string | null;
};

/** What a sync would ask of AWS and what that costs; asks nothing yet. */
export async function planSync(client?: string): Promise<Plans> {
  const answer = data(await api.POST("/api/v1/syncs", { body: { client, dry_run: true } }));
  return "plans" in answer
    ? { plans: answer.plans, toAgree: answer.athena_up_to }
    : { plans: [], toAgree: null };
}

export function isExport(plan: SyncPlan): boolean {
  return plan.source === "export";
}

/** What a sync fetches from an export: only what is new there. */
export function describeFiles({ files, bytes, price_text }: SyncPlan): string {
  if (files === 0) return "Nothing new in the export";
  const told = `${formatCount(files)} ${files === 1 ? "file" : "files"} of the export, ${nameSize(bytes)}`;
  return price_text !== null ? `${told}. ${price_text}` : told;
}

/** Begins a sync; `agreed` is what roll-ups in Athena may cost. */
export async function startSync(client?: string, agreed?: string): Promise<void> {
  const body = { client, dry_run: false, ...(agreed === undefined ? {} : { athena_up_to: agreed }) };
  const answer = data(await api.POST("/api/v1/syncs", { body }));
  if ("state" in answer) learn(answer);
}

const total = z.object({ currency: z.string(), billed: z.string(), effective: z.string() });
const badRow = z.object({ line: z.number(), column: z.string().nullish(), reason: z.string() });
const loadedPeriod = z.object({
  client: z.string(),
  billing_account: z.string(),
  period: z.string(),
  outcome: z.string(),
  version: z.number(),
  replaced_version: z.number().nullish(),
  totals: z.array(total).default([]),
});
const billFile = z.object({ name: z.string(), bytes: z.number() });
/** One bill of several that came in together: a file, or all files of a manifest. */
const bill = z.object({
  file: z.string().nullish(),
  format: z.string().nullish(),
  lines: z.number().default(0),
  charges: z.number().default(0),
  files: z.array(billFile).default([]).catch([]),
});
const importResult = z.object({
  file: z.string().nullish(),
  format: z.string().nullish(),
  lines: z.number().optional(),
  charges: z.number().optional(),
  periods: z.array(loadedPeriod),
  notes: z.array(z.string()).default([]),
  skipped_rows: z.array(badRow).default([]),
  sets: z.array(bill).default([]).catch([]),
});
const syncResult = z.object({
  connections: z.array(
    z.object({
      requests: z.number(),
      price: z.string(),
      currency: z.string(),
      files: z.number().optional(),
      bytes: z.number().optional(),
      notes: z.array(z.string()).default([]),
      periods: z.array(loadedPeriod),
    }),
  ),
});
const refusal = z.object({
  rows: z.array(badRow),
  count: z.number().optional(),
  file: z.string().optional(),
});

/** What a job loaded, from a file or from Cost Explorer. */
export type Loaded = z.infer<typeof importResult> & {
  /** What the asking cost, one a connection. */
  asked?: { requests: number; price: string; currency: string; files?: number; bytes?: number }[];
};
export type Bill = z.infer<typeof bill>;
export type BadRow = z.infer<typeof badRow>;

/** What a job loaded, if it has ended well and was an import or a sync. */
export function resultOf(job: Job): Loaded | undefined {
  const imported = importResult.safeParse(job.result);
  if (imported.success) return imported.data;
  const synced = syncResult.safeParse(job.result);
  if (!synced.success) return undefined;
  const { connections } = synced.data;
  return {
    periods: connections.flatMap((connection) => connection.periods),
    notes: [...new Set(connections.flatMap((connection) => connection.notes))],
    skipped_rows: [],
    sets: [],
    asked: connections.map(({ requests, price, currency, files, bytes }) => ({
      requests,
      price,
      currency,
      ...(files === undefined ? {} : { files, bytes: bytes ?? 0 }),
    })),
  };
}

/** The rows for which a file was refused, if that is why. */
export function badRowsOf(job: Job): { rows: BadRow[]; count: number } | undefined {
  const parsed = refusal.safeParse(job.problem?.details);
  if (!parsed.success || parsed.data.rows.length === 0) return undefined;
  return { rows: parsed.data.rows, count: parsed.data.count ?? parsed.data.rows.length };
}
