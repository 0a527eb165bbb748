import type { Replies } from "../../src/host/fake";
import type { Budget, BudgetDetail, Budgets } from "../../src/host/wire";
import { addMonths, firstDay, lastDay } from "../../src/shared/days";
import { alerts } from "./alerts";
import { band, byId, dollars, found, WORST } from "./parts";

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

/** What the parts of a budget spent: here a tenth of it is of two parts, and counted once. */
function partsOf(id: number): Budget["parts"] {
  const spent = SKETCHES.filter((one) => one.parent === id).reduce((sum, one) => sum + one.spent, 0);
  if (spent === 0) return null;
  const together = Math.round(spent * 0.9);
  return { together: dollars(together), rest: dollars((SKETCHES[id - 1]?.spent ?? 0) - together) };
}

function depthOf({ parent }: Sketch): number {
  const above = parent === undefined ? undefined : SKETCHES[parent - 1];
  return above === undefined ? 0 : 1 + depthOf(above);
}

export const budgets: Budget[] = SKETCHES.map((one, at) => ({
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
  parts: partsOf(at + 1),
  depth: depthOf(one),
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

/** A budget as lists of others show it. */
export function brief({ id, name, currency, now }: Budget): BudgetDetail["children"][number] {
  const { actual, limit, state, used_percent } = now;
  return { id, name, currency, actual, limit, state, used_percent };
}

/** The budgets that a question asks for, as the program chooses them. */
function listed(search: URLSearchParams): Budgets {
  const words = (search.get("search") ?? "").toLowerCase();
  const named = budgets.filter(({ name, scope }) => `${name} ${scope.label}`.toLowerCase().includes(words));
  const atRisk = named.filter(({ now }) => RISKS.includes(now.state));
  const over = named.filter(({ now }) => now.state === "over");
  const only = search.get("only");
  const found = only === "risk" ? atRisk : only === "over" ? over : named;
  const byRisk = (left: Budget, right: Budget) => rank(left) - rank(right);
  return {
    as_of_day: "2026-10-28",
    budgets: search.get("order") === "risk" ? [...found].sort(byRisk) : found,
    total: found.length,
    all: named.length,
    at_risk: atRisk.length,
    over: over.length,
    has_parts: named.some(({ parent }) => parent !== null),
  };
}

const RISKS = ["over", "heading_over", "near"];
const rank = ({ now }: Budget) => (RISKS.indexOf(now.state) + RISKS.length + 1) % (RISKS.length + 1);

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
    above: budgets.find((one) => one.id === found.parent) ?? null,
    children: budgets.filter((one) => one.parent === id).map(brief),
    alerts: alerts.filter((one) => one.budget?.id === id),
  };
}

export const aboutBudgets: Replies = {
  "GET /budgets": ({ url }) => listed(url.searchParams),
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
};
