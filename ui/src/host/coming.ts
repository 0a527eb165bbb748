import { host } from "./client";
import { data } from "./problem";
import type { Job, Period, PeriodBrief, Problem } from "./wire";

/** Questions whose routes are being built; each goes when the generated client knows it. */

type Query = Record<string, string | number | boolean | string[] | undefined | null>;

export async function coming<T>(method: string, path: string, query: Query = {}, body?: unknown): Promise<T> {
  const origin = window.location.origin.startsWith("http")
    ? window.location.origin
    : "http://tallyport.invalid";
  const url = new URL(`/api/v1${path}`, origin);
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) url.searchParams.append(key, String(one));
    }
  }
  const response = await host().send(
    new Request(url, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    }),
  );
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  return response.ok
    ? data<T>({ data: answer as T, response })
    : data<T>({ error: answer as Problem, response });
}

export type VersionFile = { name: string; bytes: number; lines: number };
export type Version = Period & { id: number; files: VersionFile[]; stored_charges: number };
export type VersionBrief = PeriodBrief & { id?: number };

export type DiffRow = { key: string; label: string; before: string; after: string; change: string };
export type PeriodDiff = {
  from: Version;
  to: Version;
  by: string;
  metric: string;
  charges: { compared: string; same: number; changed: number; added: number; removed: number };
  results: { currency: string; rows: DiffRow[]; before: string; after: string; change: string }[];
};

export type WhySource = {
  version: VersionBrief;
  files: string[];
  lines: number;
  charges: number;
  amount: string;
};
export type WhyResult = {
  currency: string;
  amount: string;
  sources: WhySource[];
  rules: {
    rule: { id: number; text: string } | null;
    owner: { key: string; label: string } | null;
    charges: number;
    amount: string;
  }[];
  categories: { category: string; amount: string }[];
};
export type WhyAnswer = {
  results: WhyResult[];
  notes: { code: string; text: string }[];
  reconciliation: { client: string; month: string; state: string }[];
  charges_query: string;
};

export type ReconciliationState = "agrees" | "explained" | "unexplained" | "incomplete";
export type Reconciled = {
  client: { id: number; name: string };
  billing_account: string;
  currency: string;
  figures: {
    source: string;
    amount: string | null;
    as_of: string | null;
    state: string;
    text: string;
  }[];
  differences: {
    from: string;
    to: string;
    amount: string;
    parts: { class: string; amount: string; text: string }[];
  }[];
  findings: { kind: string; text: string; amount: string | null }[];
  state: ReconciliationState;
};
export type Reconciliation = { month: string; clients: Reconciled[] };
export type ReconciliationPlan = { requests: number; price: string; currency: string; calls: string[] };
export type ReconciliationAnswer = ReconciliationPlan | Job;

export type Quarantined = {
  id: number;
  client: string;
  billing_account: string;
  period: string;
  currency: string;
  reason: string;
  expected: string | null;
  actual: string;
  text: string;
  since: string;
  released: { by: string; at: string; note: string } | null;
};

export type FoundExport = {
  id: string;
  service: string;
  name: string;
  kind: string;
  format: string;
  bucket: string;
  prefix: string;
  region: string | null;
  refresh: string;
  overwrite: boolean;
  status: string;
  usable: boolean;
  reason: string | null;
  used_by_connection: number | null;
};
export type Discovery = {
  account: string;
  arn: string;
  exports: FoundExport[];
  missing_permissions: string[];
  offer: {
    name: string;
    bucket: string;
    prefix: string;
    kind: string;
    text: string;
    monthly_price: string;
    currency: string;
  } | null;
};
export type ConnectionSource =
  | { kind: "cost_explorer" }
  | { kind: "export"; id: string; name: string; format: string; bucket: string; prefix: string };
export type Sourced = {
  source?: ConnectionSource;
  monthly_request_cap?: number | null;
  requests_this_month?: number;
};
