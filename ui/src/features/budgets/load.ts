import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../host/planned";
import type { Budget, BudgetDetail, BudgetDraft, Channel, Suggestion } from "../../host/wire";
import { isAtRisk, nameScope, stateOf } from "../../shared/budgets";
import { compareAmounts } from "../../shared/money";

export const budget = (id: number) =>
  queryOptions({
    queryKey: ["budget", id],
    queryFn: () => ask<BudgetDetail>("GET", `/budgets/${id}`),
    retry: false,
  });

export const channels = queryOptions({
  queryKey: ["channels"],
  queryFn: async () => (await ask<{ channels: Channel[] }>("GET", "/channels")).channels,
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
    queryFn: () =>
      ask<Suggestion>("GET", "/budgets/suggestion", {
        scope: scope.kind,
        id: scope.id ?? undefined,
        key: scope.key ?? undefined,
        value: scope.value ?? undefined,
        period: rest.period,
        metric: rest.metric,
        currency: rest.currency,
        credits: String(rest.credits),
        tax: String(rest.tax),
      }),
    retry: false,
  });

export function saveBudget(draft: BudgetDraft, id?: number): Promise<Budget> {
  return id === undefined ? ask("POST", "/budgets", {}, draft) : ask("PUT", `/budgets/${id}`, {}, draft);
}

export function archiveBudget(id: number): Promise<Budget> {
  return ask("DELETE", `/budgets/${id}`);
}

export function restoreBudget(id: number): Promise<Budget> {
  return ask("POST", `/budgets/${id}/restore`, {}, {});
}

export function muteBudget(id: number, until: string | null): Promise<Budget> {
  return ask("POST", `/budgets/${id}/mute`, {}, { until });
}

export type AwsBudgets = {
  found: { name: string; amount: string; currency: string; period: string; scope: string }[];
  imported: number;
  unsupported: { name: string; reason: string }[];
};

/** Looks at, or takes over, the budgets that an account keeps with AWS. */
export function importAws(connection: number, dryRun: boolean): Promise<AwsBudgets> {
  return ask("POST", "/budgets/aws", {}, { connection, dry_run: dryRun });
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
