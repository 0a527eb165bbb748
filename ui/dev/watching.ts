import type { Replies } from "../src/host/fake";
import type {
  Alert,
  Anomaly,
  Budget,
  BudgetDetail,
  Channel,
  Delivery,
  Forecast,
  ForecastRow,
  Schedule,
} from "../src/host/wire";
import { addDays, addMonths, firstDay, lastDay } from "../src/shared/days";

/** What the made-up company answers about its budgets, what is expected, and who is told. */

const WORST = '<img src=x onerror="window.__ran=1">';

function dollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

const band = (cents: number, share = 8) => ({
  expected: dollars(cents),
  low80: dollars(cents - Math.round(cents / share / 2)),
  high80: dollars(cents + Math.round(cents / share / 2)),
  low95: dollars(cents - Math.round(cents / share)),
  high95: dollars(cents + Math.round(cents / share)),
});

type Sketch = {
  name: string;
  scope: Partial<Budget["scope"]> & Pick<Budget["scope"], "kind" | "label">;
  limit: number;
  spent: number;
  expected: number | null;
  chance?: number;
  state: string;
  parent?: number;
  period?: string;
};

const SKETCHES: Sketch[] = [
  {
    name: "Everything",
    scope: { kind: "all", label: "Everything" },
    limit: 5_500_000,
    spent: 4_821_077,
    expected: 5_640_000,
    chance: 61,
    state: "heading_over",
  },
  {
    name: "Platform",
    scope: { kind: "team", id: 1, label: "Platform" },
    limit: 2_000_000,
    spent: 1_210_400,
    expected: 1_630_000,
    chance: 4,
    state: "ok",
    parent: 1,
  },
  {
    name: "Ada Lovelace",
    scope: { kind: "person", id: 1, label: "Ada Lovelace" },
    limit: 100_000,
    spent: 112_340,
    expected: 131_000,
    chance: 100,
    state: "over",
    parent: 2,
  },
  {
    name: "Chidi Okafor",
    scope: { kind: "person", id: 3, label: "Chidi Okafor" },
    limit: 80_000,
    spent: 66_400,
    expected: 79_000,
    chance: 44,
    state: "near",
    parent: 2,
  },
  {
    name: "Production",
    scope: { kind: "tag", key: "env", value: "production", label: "env = production" },
    limit: 3_000_000,
    spent: 1_800_000,
    expected: 2_410_000,
    chance: 2,
    state: "ok",
    parent: 1,
  },
  {
    name: WORST,
    scope: { kind: "service", value: WORST, label: WORST },
    limit: 40_000,
    spent: 0,
    expected: null,
    state: "no_data",
  },
  {
    name: "Amazon S3, this year",
    scope: { kind: "service", value: "Amazon S3", label: "Amazon S3" },
    limit: 2_400_000,
    spent: 2_014_000,
    expected: 2_390_000,
    chance: 48,
    state: "near",
    period: "year",
  },
];

const budgets: Budget[] = SKETCHES.map((one, at) => ({
  id: at + 1,
  name: one.name,
  scope: { id: null, key: null, value: null, ...one.scope },
  period: one.period ?? "month",
  currency: "USD",
  amount: dollars(one.limit),
  plan: null,
  starts: "2026-01-01",
  metric: "billed",
  credits: false,
  tax: false,
  parent: one.parent ?? null,
  thresholds: [
    { id: at * 10 + 1, percent: 80, amount: null, on: "actual" },
    { id: at * 10 + 2, percent: 100, amount: null, on: "actual" },
    { id: at * 10 + 3, percent: 100, amount: null, on: "forecast" },
  ],
  channels: at === 0 ? [1, 2] : [],
  note: at === 0 ? "Agreed with the board" : "",
  archived: false,
  muted_until: null,
  own_children: SKETCHES.flatMap((other, index) => (other.parent === at + 1 ? [index + 1] : [])),
  depth: 0,
  now: {
    from: one.period === "year" ? "2026-01-01" : "2026-10-01",
    to: one.period === "year" ? "2026-12-31" : "2026-10-31",
    limit: dollars(one.limit),
    actual: dollars(one.spent),
    with_credits_and_tax: dollars(Math.round(one.spent * 1.04)),
    used_percent: (Math.round((one.spent / one.limit) * 1000) / 10).toFixed(1),
    forecast:
      one.expected === null
        ? null
        : { ...band(one.expected), chance_percent: one.chance ?? 0, method: "calendar" },
    state: one.state,
    estimated: true,
    quarantined: false,
  },
}));

const alerts: Alert[] = [
  {
    id: 3,
    kind: "budget_actual",
    budget: { id: 3, name: "Ada Lovelace" },
    threshold: { id: 22, percent: 100, amount: null, on: "actual" },
    from: "2026-10-01",
    to: "2026-10-31",
    times: 1,
    raised_at: "2026-10-28T08:12:00Z",
    severity: "urgent",
    title: "Ada Lovelace is over its budget",
    text: "$1,123.40 of $1,000.00 is spent, and three days are left. Amazon EC2 made most of it.",
    currency: "USD",
    limit: "1000.00",
    amount: "1123.40",
    state: "open",
    acknowledged: null,
    snoozed_until: null,
    place: "/budgets/3",
  },
  {
    id: 2,
    kind: "budget_forecast",
    budget: { id: 1, name: "Everything" },
    threshold: { id: 3, percent: 100, amount: null, on: "forecast" },
    from: "2026-10-01",
    to: "2026-10-31",
    times: 1,
    raised_at: "2026-10-27T08:12:00Z",
    severity: "warning",
    title: "Everything is expected to pass its budget",
    text: "$56,400.00 is expected by October 31, $55,000.00 may be spent. The chance is 61 %.",
    currency: "USD",
    limit: "55000.00",
    amount: "56400.00",
    state: "open",
    acknowledged: null,
    snoozed_until: null,
    place: "/budgets/1",
  },
  {
    id: 1,
    kind: "anomaly",
    budget: null,
    threshold: null,
    from: "2026-10-12",
    to: "2026-10-16",
    times: 1,
    raised_at: "2026-10-17T08:12:00Z",
    severity: "notice",
    title: `CloudWatch cost $2,577.00 more than expected ${WORST}`,
    text: "PutMetricData of i-0a1 in eu-west-1 began on October 12.",
    currency: "USD",
    limit: "410.00",
    amount: "2577.00",
    state: "acknowledged",
    acknowledged: { by: "ada", at: "2026-10-17T09:00:00Z" },
    snoozed_until: null,
    place: "/costs?month=2026-10&anomaly=1",
  },
];

const anomalies: Anomaly[] = [
  {
    id: 1,
    from: "2026-10-12",
    to: "2026-10-16",
    kind: "spike",
    client: "Northwind",
    account: { id: "111122223333", name: "production" },
    billing_account: "210987654321",
    service: "AmazonCloudWatch",
    usage_type: "EU-CW:MetricMonitorUsage",
    label: "AmazonCloudWatch",
    currency: "USD",
    expected: "410.00",
    actual: "2987.00",
    impact: "2577.00",
    percent: 629,
    causes: [
      { dimension: "resource", key: "i-0a1", label: WORST, amount: "2410.00", share: 94 },
      {
        dimension: "usage_type",
        key: "EU-CW:MetricMonitorUsage",
        label: "EU-CW:MetricMonitorUsage",
        amount: "2577.00",
        share: 100,
      },
      { dimension: "region", key: "eu-west-1", label: "eu-west-1", amount: "2577.00", share: 100 },
    ],
    feedback: null,
    note: "",
  },
  {
    id: 2,
    from: "2026-10-20",
    to: "2026-10-31",
    kind: "drop",
    client: "Northwind",
    account: { id: "111122223333", name: "production" },
    billing_account: "210987654321",
    service: "Amazon RDS",
    usage_type: "EU-InstanceUsage:db.r6g.large",
    label: "Amazon RDS",
    currency: "USD",
    expected: "900.00",
    actual: "120.00",
    impact: "-780.00",
    percent: -87,
    causes: [],
    feedback: "expected",
    note: "Moved to Aurora",
  },
];

const NONE: Channel["settings"] = {
  host: null,
  port: null,
  security: null,
  user: null,
  certificate: null,
  from: null,
  to: null,
  connection: null,
  region: null,
  sender_id: null,
  allow_private: null,
};

const channels: Channel[] = [
  {
    id: 0,
    kind: "popup",
    name: "Desktop popup",
    enabled: true,
    settings: NONE,
    has_secret: false,
    least: "notice",
    digest: null,
    last: null,
  },
  {
    id: 1,
    kind: "mail",
    name: "Finance by mail",
    enabled: true,
    settings: {
      ...NONE,
      host: "smtp.northwind.example",
      port: 587,
      security: "starttls",
      user: "tallyport",
      from: "tallyport@northwind.example",
      to: ["finance@northwind.example"],
      certificate: null,
    },
    has_secret: true,
    least: "warning",
    digest: { at: "08:00", zone: "Europe/Berlin" },
    last: { at: "2026-10-28T08:12:04Z", state: "sent", error: null },
  },
  {
    id: 2,
    kind: "slack",
    name: "#cloud-costs",
    enabled: false,
    settings: { ...NONE, host: "hooks.slack.com", allow_private: false },
    has_secret: true,
    least: "urgent",
    digest: null,
    last: { at: "2026-10-27T08:12:04Z", state: "failed", error: "hooks.slack.com answered 404: no_service" },
  },
];

const deliveries: Delivery[] = [
  {
    id: 3,
    channel: { id: 1, name: "Finance by mail", kind: "mail" },
    alerts: [3],
    title: "Ada Lovelace is over its budget",
    state: "sent",
    attempts: 1,
    created_at: "2026-10-28T08:12:00Z",
    next_attempt_at: null,
    sent_at: "2026-10-28T08:12:04Z",
    error: null,
  },
  {
    id: 2,
    channel: { id: 0, name: "Desktop popup", kind: "popup" },
    alerts: [3, 2],
    title: "2 budgets need you",
    state: "sent",
    attempts: 1,
    created_at: "2026-10-28T08:12:00Z",
    next_attempt_at: null,
    sent_at: "2026-10-28T08:12:01Z",
    error: null,
  },
  {
    id: 1,
    channel: { id: 2, name: "#cloud-costs", kind: "slack" },
    alerts: [2],
    title: `Everything is expected to pass its budget ${WORST}`,
    state: "waiting",
    attempts: 3,
    created_at: "2026-10-28T08:12:00Z",
    next_attempt_at: "2026-10-28T09:12:00Z",
    sent_at: null,
    error: "hooks.slack.com answered 404: no_service",
  },
];

const schedules: Schedule[] = [
  {
    id: "sync-1",
    label: "Sync Northwind, Payer",
    cron: "0 6 * * *",
    zone: "Europe/Berlin",
    own_zone: false,
    words: "Each day at 06:00.",
    enabled: true,
    next_run: "2026-10-29T05:00:00Z",
    last_run: {
      id: 7,
      planned_at: "2026-10-28T05:00:00Z",
      started_at: "2026-10-28T05:00:01Z",
      ended_at: "2026-10-28T05:00:31Z",
      state: "done",
      attempt: 1,
      retry_at: null,
      job: 12,
      text: "1 billing period replaced",
    },
  },
  {
    id: "budgets",
    label: "Check the budgets",
    cron: "0 * * * *",
    zone: "Europe/Berlin",
    own_zone: false,
    words: "Each hour.",
    enabled: true,
    next_run: "2026-10-28T10:00:00Z",
    last_run: {
      id: 6,
      planned_at: "2026-10-28T09:00:00Z",
      started_at: "2026-10-28T09:00:01Z",
      ended_at: "2026-10-28T09:00:02Z",
      state: "failed",
      attempt: 3,
      retry_at: "2026-10-28T09:20:00Z",
      job: null,
      text: "The file is locked by another program.",
    },
  },
];

function forecastRow(key: string, cents: number, known = true): ForecastRow {
  return {
    key,
    label: key,
    method: known ? "calendar" : "none",
    reason: known ? null : "Only 9 days are known; a forecast needs 28.",
    backtest: known ? { mase: "0.71", coverage80: "81.2", coverage95: "95.0", folds: 24 } : null,
    so_far: dollars(cents),
    months: known
      ? ["2026-10", "2026-11", "2026-12"].map((month, at) => ({
          month,
          actual: at === 0 ? dollars(cents) : "0.00",
          ...band(Math.round(cents * (1.2 + at / 20))),
        }))
      : [],
  };
}

function forecast(): Forecast {
  return {
    today: "2026-10-28",
    results: [
      {
        currency: "USD",
        total: forecastRow("Total", 4_821_077),
        rows: [
          forecastRow("Amazon EC2", 1_900_000),
          forecastRow("Amazon RDS", 910_000),
          forecastRow("Amazon S3", 420_000),
          forecastRow(WORST, 9_000, false),
        ],
        days: Array.from({ length: 31 }, (_, at) => {
          const day = addDays("2026-10-01", at);
          const known = at < 27;
          const soon = band(160_000 + at * 900, 4);
          const none = { expected: null, low80: null, high80: null, low95: null, high95: null };
          return { day, actual: known ? dollars(150_000 + at * 700) : null, ...(known ? none : soon) };
        }),
      },
    ],
  };
}

function detail(id: number): BudgetDetail | undefined {
  const found = budgets.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const limit = SKETCHES[id - 1]?.limit ?? 0;
  return {
    ...found,
    months: Array.from({ length: 16 }, (_, at) => {
      const month = addMonths("2025-10", at);
      const past = at <= 12;
      return {
        from: firstDay(month),
        to: lastDay(month),
        limit: dollars(limit),
        actual: past ? dollars(Math.round(limit * (0.6 + ((at * 7) % 5) / 10))) : "0.00",
        forecast:
          at < 12
            ? null
            : {
                ...band(Math.round(limit * (1.02 + (at - 12) / 30))),
                chance_percent: 61,
                method: "calendar",
              },
      };
    }),
    alerts: alerts.filter((one) => one.budget?.id === id),
  };
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined)
    throw { code: "not_found", title: "Not found", detail: "There is no such thing.", status: 404 };
  return value;
};
const byId = <T extends { id: number }>(all: T[], id: string | undefined): T =>
  found(all.find((one) => String(one.id) === id));

/** What the overview says of these. */
export const atRisk = {
  budgets_at_risk: budgets
    .filter((one) => one.now.state !== "ok" && one.now.state !== "no_data")
    .map(({ id, name, currency, now: { actual, limit, state } }) => ({
      id,
      name,
      currency,
      actual,
      limit,
      state,
    })),
  unusual: anomalies,
};

export const watching: Replies = {
  "GET /budgets": () => ({ as_of_day: "2026-10-28", budgets }),
  "POST /budgets": ({ body }) => ({ ...budgets[0], ...(body as object), id: 99 }),
  "PUT /budgets/*": ({ body, matched }) => ({ ...byId(budgets, matched[0]), ...(body as object) }),
  "DELETE /budgets/*": ({ matched }) => ({ ...byId(budgets, matched[0]), archived: true }),
  "POST /budgets/*/restore": ({ matched }) => byId(budgets, matched[0]),
  "POST /budgets/*/mute": ({ body, matched }) => ({
    ...byId(budgets, matched[0]),
    muted_until: (body as { until: string | null }).until,
  }),
  "GET /budgets/suggestion": () => ({
    amount: "1150.00",
    currency: "USD",
    periods: [
      { from: "2026-07-01", to: "2026-07-31", amount: "980.10" },
      { from: "2026-08-01", to: "2026-08-31", amount: "1010.00" },
      { from: "2026-09-01", to: "2026-09-30", amount: "1044.20" },
    ],
    text: "A tenth above the dearest of the last three months.",
  }),
  "POST /budgets/aws": () => ({
    found: [
      {
        name: "payer-monthly",
        amount: "50000.00",
        currency: "USD",
        period: "month",
        scope: "Client Northwind",
        plan: null,
        known: false,
        note: "",
      },
    ],
    imported: 1,
    unsupported: [{ name: "ri-utilization", reason: "It watches the use of reservations, not money." }],
  }),
  "GET /budgets/*": ({ matched }) => found(detail(Number(matched[0]))),
  "GET /alerts": ({ url }) => ({
    alerts: url.searchParams.get("state") === "all" ? alerts : alerts.filter((one) => one.state === "open"),
    open: 2,
  }),
  "POST /alerts/*/ack": ({ matched }) => ({
    ...byId(alerts, matched[0]),
    state: "acknowledged",
    acknowledged: { by: "You", at: "2026-10-28T10:00:00Z" },
  }),
  "POST /alerts/*/snooze": ({ matched, body }) => ({
    ...byId(alerts, matched[0]),
    state: "snoozed",
    snoozed_until: (body as { until: string }).until,
  }),
  "POST /alerts/*/reopen": ({ matched }) => ({ ...byId(alerts, matched[0]), state: "open" }),
  "GET /channels": () => ({ channels }),
  "POST /channels": ({ body }) => ({ ...(body as object), id: 9, has_secret: true, last: null }),
  "PUT /channels/*": ({ matched, body }) => ({ ...byId(channels, matched[0]), ...(body as object) }),
  "DELETE /channels/*": () => undefined,
  "POST /channels/*/test": ({ matched }) => ({ ...deliveries[0], channel: byId(channels, matched[0]) }),
  "GET /deliveries": () => ({ deliveries, more: false }),
  "GET /schedules": () => ({ schedules }),
  "PUT /schedules/*": ({ body }) => ({ ...schedules[0], ...(body as object) }),
  "POST /schedules/*/run": () => schedules[0]?.last_run,
  "GET /schedules/*/runs": () => ({ runs: schedules.flatMap((one) => one.last_run ?? []) }),
  "GET /forecast": () => forecast(),
  "GET /anomalies": () => ({ anomalies }),
  "POST /anomalies/*/feedback": ({ matched, body }) => {
    const { verdict, note } = body as { verdict: Anomaly["feedback"]; note: string };
    return { ...found(anomalies.find((one) => String(one.id) === matched[0])), feedback: verdict, note };
  },
};
