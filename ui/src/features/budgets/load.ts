import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { AwsBudgets, Budget, BudgetDraft } from "../../host/wire";

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
