import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { AwsBudgets, Budget, BudgetDraft } from "../../host/wire";
import { isAtRisk, nameScope, stateOf } from "../../shared/budgets";
import { compareAmounts } from "../../shared/money";

const of = (id: number) => ({ params: { path: { id } } });

export const budget = (id: number) =>
  queryOptions({
    queryKey: ["budget", id],
    queryFn: async () => data(await api.GET("/api/v1/budgets/{id}", of(id))),
    retry: false,
  });

export type SuggestionAsk = {
  scope: BudgetDraft["scope"];
  period: string;
  metric: string;
  currency: string;
  credits: boolean;
  tax: boolean;
};

/** What such a budget would have needed in the past. */
export const suggestion = ({ scope, ...rest }: SuggestionAsk) =>
  queryOptions({
    queryKey: ["budget suggestion", scope, rest],
    queryFn: async () => {
      const { kind, id, key, value } = scope;
      const query = {
        scope: kind,
        id: id ?? undefined,
        key: key ?? undefined,
        value: value ?? undefined,
        ...rest,
      };
      return data(await api.GET("/api/v1/budgets/suggestion", { params: { query } }));
    },
    retry: false,
  });

export async function saveBudget(body: BudgetDraft, id?: number): Promise<Budget> {
  return id === undefined
    ? data(await api.POST("/api/v1/budgets", { body }))
    : data(await api.PUT("/api/v1/budgets/{id}", { ...of(id), body }));
}

export async function archiveBudget(id: number): Promise<Budget> {
  return data(await api.DELETE("/api/v1/budgets/{id}", of(id)));
}

export async function restoreBudget(id: number): Promise<Budget> {
  return data(await api.POST("/api/v1/budgets/{id}/restore", of(id)));
}

export async function muteBudget(id: number, until: string | null): Promise<Budget> {
  return data(await api.POST("/api/v1/budgets/{id}/mute", { ...of(id), body: { until } }));
}

/** Looks at, or takes over, the budgets that an account keeps with AWS. */
export async function importAws(connection: number, dry_run: boolean): Promise<AwsBudgets> {
  return data(await api.POST("/api/v1/budgets/aws", { body: { connection, dry_run } }));
}

/** Which of the budgets a page shows. */
export function chosen(
  all: Budget[],
  { only, search }: { only?: "risk" | "over" | undefined; search?: string | undefined },
): Budget[] {
  const words = (search ?? "").trim().toLowerCase();
  return all.filter(
    (one) =>
      (only === undefined || (only === "over" ? one.now.state === "over" : isAtRisk(one.now.state))) &&
      (words === "" || `${one.name} ${nameScope(one.scope)}`.toLowerCase().includes(words)),
  );
}

/** The most endangered first: by state, then by how much of the limit is used. */
export function byRisk(all: Budget[]): Budget[] {
  return [...all].sort(
    (left, right) =>
      stateOf(left.now.state).order - stateOf(right.now.state).order ||
      compareAmounts(right.now.used_percent ?? "0", left.now.used_percent ?? "0"),
  );
}

/** Parents before their children, each with how deep it hangs below one that is shown. */
export function asTree(all: Budget[]): { budget: Budget; depth: number }[] {
  const shown = new Set(all.map((one) => one.id));
  const below = new Map<number | null, Budget[]>();
  for (const one of all) {
    const parent = one.parent !== null && shown.has(one.parent) ? one.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  const lines: { budget: Budget; depth: number }[] = [];
  const walk = (parent: number | null, depth: number) => {
    for (const one of below.get(parent) ?? []) {
      lines.push({ budget: one, depth });
      walk(one.id, depth + 1);
    }
  };
  walk(null, 0);
  return lines;
}
