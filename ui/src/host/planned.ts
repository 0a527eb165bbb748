import { host } from "./client";
import { data } from "./problem";

/** What the program will answer about budgets, alerts and forecasts; the generated client takes its place. */

export type Threshold = { id: number; percent: number | null; amount: string | null; on: string };
export type BudgetScope = {
  kind: string;
  id: number | null;
  key: string | null;
  value: string | null;
  label: string;
};
export type Band = { expected: string; low80: string; high80: string; low95: string; high95: string };
export type BudgetForecast = Band & { chance_percent: number; method: string };
export type BudgetStand = {
  from: string;
  to: string;
  limit: string;
  actual: string;
  with_credits_and_tax: string;
  used_percent: string | null;
  forecast: BudgetForecast | null;
  state: string;
  estimated: boolean;
  quarantined: boolean;
};
export type BudgetDraft = {
  name: string;
  scope: { kind: string; id?: string | null; key?: string | null; value?: string | null };
  period?: string | null;
  currency?: string | null;
  amount?: string | null;
  plan?: string[] | null;
  starts?: string | null;
  metric?: string | null;
  credits?: boolean;
  tax?: boolean;
  parent?: number | null;
  thresholds?: { percent?: number | null; amount?: string | null; on?: string | null }[];
  channels?: number[];
  note?: string;
};
export type Budget = {
  id: number;
  name: string;
  scope: BudgetScope;
  period: string;
  currency: string;
  amount: string | null;
  plan: string[] | null;
  starts: string;
  metric: string;
  credits: boolean;
  tax: boolean;
  parent: number | null;
  thresholds: Threshold[];
  channels: number[];
  note: string;
  archived: boolean;
  muted_until: string | null;
  now: BudgetStand;
  own_children: number[];
  depth: number;
};
export type BudgetMonth = {
  from: string;
  to: string;
  limit: string;
  actual: string;
  forecast: BudgetForecast | null;
};
export type BudgetDetail = Budget & { months: BudgetMonth[]; alerts: Alert[] };
export type Budgets = { as_of_day: string | null; budgets: Budget[] };
export type Suggestion = {
  amount: string | null;
  currency: string;
  periods: { from: string; to: string; amount: string }[];
  text: string;
};
export type Alert = {
  id: number;
  kind: string;
  budget: { id: number; name: string } | null;
  threshold: Threshold | null;
  from: string;
  to: string;
  raised_at: string;
  times: number;
  severity: string;
  title: string;
  text: string;
  currency: string;
  limit: string;
  amount: string;
  state: string;
  acknowledged: { by: string; at: string } | null;
  snoozed_until: string | null;
  place: string;
};
export type Alerts = { alerts: Alert[]; open: number };
export type Delivery = {
  id: number;
  channel: { id: number; name: string; kind: string };
  alerts: number[];
  title: string;
  state: string;
  attempts: number;
  created_at: string;
  next_attempt_at: string | null;
  sent_at: string | null;
  error: string | null;
};
export type Deliveries = { deliveries: Delivery[]; more: boolean };
export type ChannelSettings = {
  host: string | null;
  port: number | null;
  security: string | null;
  user: string | null;
  certificate: string | null;
  from: string | null;
  to: string[] | null;
  connection: number | null;
  region: string | null;
  sender_id: string | null;
  allow_private: boolean | null;
};
export type Channel = {
  id: number;
  kind: string;
  name: string;
  enabled: boolean;
  settings: ChannelSettings;
  has_secret: boolean;
  least: string;
  digest: { at: string; zone: string } | null;
  last: { at: string; state: string; error: string | null } | null;
};
export type ChannelDraft = {
  kind: string;
  name: string;
  enabled?: boolean;
  settings: { [Key in keyof ChannelSettings]?: ChannelSettings[Key] } & { url?: string | null };
  secret?: string | null;
  least?: string | null;
  digest?: { at: string; zone: string } | null;
};
export type Run = {
  id: number;
  planned_at: string;
  started_at: string;
  ended_at: string | null;
  state: string;
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
  own_zone: boolean;
  words: string;
  enabled: boolean;
  next_run: string | null;
  last_run: Run | null;
};
export type Backtest = {
  mase: string;
  naive_mase: string;
  coverage80: string;
  coverage95: string;
  folds: number;
};
type Perhaps<T> = { [Key in keyof T]: T[Key] | null };
export type ForecastRow = {
  key: string;
  label: string;
  method: string;
  reason: string | null;
  backtest: Backtest | null;
  so_far: string;
  months: ({ month: string; actual: string } & Perhaps<Band>)[];
};
export type ForecastDay = { day: string; actual: string | null } & Perhaps<Band>;
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
  kind: string;
  client: string;
  account: string;
  service: string;
  usage_type: string;
  label: string;
  currency: string;
  expected: string;
  actual: string;
  impact: string;
  percent: number | null;
  causes: { dimension: string; key: string; label: string; amount: string; share: number }[];
  feedback: string | null;
  note: string;
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
