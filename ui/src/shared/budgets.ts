import { queryOptions } from "@tanstack/react-query";
import { api } from "../host/client";
import { data } from "../host/problem";
import type { Budget, BudgetStand, Threshold } from "../host/wire";
import { now } from "./days";
import { formatMoney } from "./money";

/** How a budget stands, in words; the colour says no more than they do. */
const STATES = {
  over: { name: "over", colour: "red", order: 0 },
  heading_over: { name: "heading over", colour: "orange", order: 1 },
  near: { name: "near the limit", colour: "yellow", order: 2 },
  ok: { name: "within", colour: "teal", order: 3 },
  no_data: { name: "no data yet", colour: "gray", order: 4 },
} as const;

export type BudgetState = (typeof STATES)[keyof typeof STATES];

export function stateOf(state: string): BudgetState {
  return STATES[state as keyof typeof STATES] ?? STATES.no_data;
}

/** `82.5 %`; a dash where nothing may be spent, so that there is nothing to compare with. */
export function nameUsed({ used_percent }: Pick<BudgetStand, "used_percent">): string {
  return used_percent === null ? "–" : `${used_percent} %`;
}

/** Whether it is to say nothing for now. */
export function isMuted({ muted_until }: Pick<Budget, "muted_until">): boolean {
  return muted_until !== null && Date.parse(muted_until) > now().getTime();
}

const PERIODS: Record<string, string> = {
  day: "daily",
  month: "monthly",
  quarter: "quarterly",
  year: "yearly",
};

export function namePeriod(period: string): string {
  return PERIODS[period] ?? period;
}

const SCOPES: Record<string, string> = {
  all: "Everything",
  person: "Person",
  team: "Team",
  client: "Client",
  tenant: "Tenant",
  tag: "Tag",
  service: "Service",
};

export function nameScopeKind(kind: string): string {
  return SCOPES[kind] ?? kind;
}

/** `Person Ada Lovelace`, `Tag env = prod`, `Everything`. */
export function nameScope(scope: Pick<Budget["scope"], "kind" | "label">): string {
  return scope.kind === "all" ? nameScopeKind("all") : `${nameScopeKind(scope.kind)} ${scope.label}`;
}

/** `80 % spent`, `$500.00 forecast`. */
export function nameThreshold(
  threshold: Pick<Threshold, "percent" | "amount" | "on">,
  currency: string,
): string {
  const { percent, amount, on } = threshold;
  const height = percent === null ? formatMoney(amount ?? "0", currency) : `${percent} %`;
  return on === "forecast" ? `${height} forecast` : `${height} spent`;
}

type BudgetsAsk = {
  month?: string | undefined;
  archived?: boolean | undefined;
  search?: string | undefined;
  only?: "risk" | "over" | undefined;
  order?: "risk" | undefined;
  page?: number | undefined;
  limit?: number | undefined;
};

/** One page of them, however many there are. */
export const budgets = ({ archived, ...narrowed }: BudgetsAsk = {}) =>
  queryOptions({
    queryKey: ["budgets", archived, narrowed],
    queryFn: async () => {
      const query = { ...narrowed, include: archived ? "archived" : undefined };
      return data(await api.GET("/api/v1/budgets", { params: { query } }));
    },
    retry: false,
  });
