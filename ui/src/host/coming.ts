import { host } from "./client";
import { data } from "./problem";
import type { Job, PeriodBrief, Problem } from "./wire";

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

export type WhySource = {
  version: PeriodBrief;
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
