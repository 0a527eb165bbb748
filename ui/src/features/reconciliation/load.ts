import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Reconciled, ReconciliationPlan } from "../../host/wire";
import { learn } from "../../shared/jobs";

export const reconciliation = (month: string) =>
  queryOptions({
    queryKey: ["reconciliation", month],
    queryFn: async () => data(await api.GET("/api/v1/reconciliation", { params: { query: { month } } })),
    retry: false,
  });

/** What comparing asks of AWS and what that costs; asks nothing yet. */
export async function planReconciliation(month: string, client?: string): Promise<ReconciliationPlan> {
  const body = { month, client, dry_run: true };
  const answer = data(await api.POST("/api/v1/reconciliations", { body }));
  if ("state" in answer) throw new Error("a plan was asked for");
  return answer;
}

export async function startReconciliation(month: string, client?: string): Promise<void> {
  const body = { month, client, dry_run: false };
  const answer = data(await api.POST("/api/v1/reconciliations", { body }));
  if ("state" in answer) learn(answer);
}

const SOURCES: Record<string, string> = {
  ledger: "This ledger",
  export: "The export",
  cost_explorer: "Cost Explorer",
  invoice: "AWS's invoice",
};

export function nameTotal(source: string): string {
  return SOURCES[source] ?? source;
}

const CLASSES: Record<string, string> = {
  tax: "Tax",
  support: "Support",
  credit: "Credits",
  refund: "Refunds",
  rounding: "Rounding",
  not_final: "Not final yet",
  excluded_operation: "Left out by AWS",
  unexplained: "Unexplained",
};

export function nameClass(name: string): string {
  return CLASSES[name] ?? name.replaceAll("_", " ");
}

const FINDINGS: Record<string, string> = {
  missing_account: "An account is missing",
  missing_file: "A file is missing",
  split_cost_doubled: "Split costs are counted twice",
  discount_doubled: "A discount is counted twice",
  invoice_tax: "The invoice's tax differs",
  too_much: "More than Cost Explorer has",
  elsewhere: "Some too high, some too low",
};

export function nameFinding(kind: string): string {
  const words = kind.replaceAll("_", " ");
  return FINDINGS[kind] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

const WEIGHT: Record<string, number> = { unexplained: 0, incomplete: 1, explained: 2, agrees: 3 };

/** What needs a person comes first. */
export function gravestFirst(clients: Reconciled[]): Reconciled[] {
  return clients.toSorted(
    (left, right) =>
      (WEIGHT[left.state] ?? 0) - (WEIGHT[right.state] ?? 0) ||
      left.client.name.localeCompare(right.client.name),
  );
}
