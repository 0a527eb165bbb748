import { host } from "./client";
import { data } from "./problem";

/** What the program will answer about budgets, alerts and forecasts; the generated client takes its place. */

export type Threshold = {
  id: number;
  percent: number | null;
  amount: string | null;
  on: "actual" | "forecast";
};

export type BudgetScope = {
  kind: "all" | "person" | "team" | "client" | "tenant" | "tag" | "service";
  id: number | null;
  key: string | null;
  value: string | null;
  label: string;
};

export type Band = {
  expected: string;
  low80: string;
  high80: string;
  low95: string;
  high95: string;
};

export type BudgetForecast = Band & { chance_percent: number; method: string };

export type BudgetNow = {
  from: string;
  to: string;
  limit: string;
  actual: string;
  with_credits_and_tax: string;
  /** Null where the limit is nothing. */
  used_percent: string | null;
  forecast: BudgetForecast | null;
  state: "ok" | "near" | "over" | "heading_over" | "no_data";
  estimated: boolean;
  quarantined: boolean;
};

export type BudgetDraft = {
  name: string;
  scope: Omit<BudgetScope, "label">;
  period: "day" | "month" | "quarter" | "year";
  currency: string;
  amount: string | null;
  plan: string[] | null;
  starts: string;
  metric: "billed" | "effective";
  credits: boolean;
  tax: boolean;
  parent: number | null;
  thresholds: Omit<Threshold, "id">[];
  channels: number[];
  note: string | null;
};

export type Budget = Omit<BudgetDraft, "scope" | "thresholds"> & {
  id: number;
  scope: BudgetScope;
  thresholds: Threshold[];
  archived: boolean;
  muted_until: string | null;
  now: BudgetNow;
  own_children: number[];
  depth: number;
};

export type BudgetMonth = {
  from: string;
  to: string;
  limit: string | null;
  actual: string | null;
  forecast: Band | null;
};

export type BudgetDetail = Budget & { months: BudgetMonth[]; alerts: Alert[] };
export type Budgets = { as_of_day: string; budgets: Budget[] };
export type Suggestion = {
  amount: string;
  currency: string;
  periods: { from: string; to: string; amount: string }[];
  text: string;
};

export type Alert = {
  id: number;
  kind: "budget_actual" | "budget_forecast" | "anomaly" | "digest";
  budget: { id: number; name: string } | null;
  threshold: Threshold | null;
  from: string;
  to: string;
  raised_at: string;
  severity: "notice" | "warning" | "urgent";
  title: string;
  text: string;
  currency: string | null;
  limit: string | null;
  amount: string | null;
  state: "open" | "acknowledged" | "snoozed" | "cleared";
  acknowledged: { by: string; at: string } | null;
  snoozed_until: string | null;
  place: string;
};
export type Alerts = { alerts: Alert[]; open: number };

export type Delivery = {
  id: number;
  channel: { id: number | null; name: string; kind: string };
  alerts: number[];
  title: string;
  state: "waiting" | "sent" | "failed" | "dropped";
  attempts: number;
  next_attempt_at: string | null;
  sent_at: string | null;
  error: string | null;
};

export type Channel = {
  id: number;
  kind: "popup" | "mail" | "ses" | "slack" | "teams" | "webhook" | "sms";
  name: string;
  enabled: boolean;
  settings: Record<string, unknown>;
  has_secret: boolean;
  least: "notice" | "warning" | "urgent";
  digest: { at: string; zone: string } | null;
  last: { at: string; state: string; error: string | null } | null;
};

export type ScheduleRun = {
  id: number;
  planned_at: string;
  started_at: string;
  ended_at: string | null;
  state: "running" | "done" | "failed" | "missed";
  attempt: number;
  retry_at: string | null;
  job: number | null;
  text: string | null;
};
export type Schedule = {
  id: string;
  label: string;
  cron: string;
  zone: string;
  /** False: it follows the workspace's zone. */
  own_zone: boolean;
  words: string;
  running: boolean;
  enabled: boolean;
  next_run: string | null;
  last_run: ScheduleRun | null;
};

export type Backtest = { mase: string; coverage80: string; coverage95: string; folds: number };
export type ForecastRow = {
  key: string;
  label: string;
  method: string;
  reason: string | null;
  backtest: Backtest | null;
  so_far: string;
  months: (Band & { month: string; actual: string })[];
};
export type ForecastDay = { day: string; actual: string | null } & { [Key in keyof Band]: string | null };
export type ForecastResult = {
  currency: string;
  total: ForecastRow;
  rows: ForecastRow[];
  days: ForecastDay[];
};
export type Forecast = { today: string; results: ForecastResult[] };

export type Anomaly = {
  id: string;
  from: string;
  to: string;
  kind: "spike" | "drop" | "level" | "new" | "drift" | "one_off";
  client: string;
  account: string;
  service: string;
  usage_type: string;
  label: string;
  currency: string;
  expected: string;
  actual: string;
  impact: string;
  percent: string | null;
  causes: { dimension: string; key: string; label: string; amount: string; share: string }[];
  feedback: "expected" | "unexpected" | null;
  note: string | null;
};

type Query = Record<string, string | number | string[] | undefined>;

/** Asks the door for what the generated client does not know yet. */
export async function ask<T>(method: string, path: string, query: Query = {}, body?: unknown): Promise<T> {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) params.append(key, String(one));
    }
  }
  const origin = window.location.origin.startsWith("http")
    ? window.location.origin
    : "http://tallyport.invalid";
  const search = params.size === 0 ? "" : `?${params}`;
  const response = await host().send(
    new Request(`${origin}/api/v1${path}${search}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    }),
  );
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  return response.ok ? data<T>({ data: answer as T, response }) : data<T>({ error: answer, response });
}
