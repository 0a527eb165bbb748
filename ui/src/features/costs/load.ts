import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { CostResult, Costs } from "../../host/wire";
import { type Cell, csvFile } from "../../shared/csv";
import { nameColumn } from "../../shared/days";
import { type Filters, pickFilters } from "../../shared/filters";

export type CostsAsk = {
  from: string;
  to: string;
  by: string;
  interval: "none" | "day" | "month";
  metric: "billed" | "effective";
  compare: boolean;
  as_of?: string | undefined;
  filters: Filters;
};

export const costs = (ask: CostsAsk) =>
  queryOptions({
    queryKey: ["costs", ask],
    queryFn: async () => {
      const { filters, compare, ...rest } = ask;
      const query = { ...rest, ...pickFilters(filters), compare: compare ? "previous" : undefined };
      return data(await api.GET("/api/v1/costs", { params: { query } }));
    },
    // The old figures stay while the new ones are fetched; the page says so.
    placeholderData: (previous: Costs | undefined) => previous,
  });

/**
 * The table of one currency as it stands on the screen. What comes from a demo workspace says so in
 * each row, since rows are what gets copied on.
 */
export function exportTable(answer: Costs, result: CostResult, rowName: string, mark: string | null): Blob {
  const compared = result.previous_total !== null;
  const head: Cell[] = [
    rowName,
    "Key",
    ...answer.columns.map((column) => nameColumn(column.key)),
    `Total (${result.currency})`,
    ...(compared ? ["Before"] : []),
    ...(mark === null ? [] : ["Mark"]),
  ];
  const row = (
    label: string,
    key: string,
    cells: string[],
    amount: string,
    previous: string | null,
  ): Cell[] => [
    label,
    key,
    ...cells.map((cell) => ({ amount: cell })),
    { amount },
    ...(compared ? [previous === null ? "" : { amount: previous }] : []),
    ...(mark === null ? [] : [mark]),
  ];
  return csvFile([
    head,
    ...result.rows.map((one) => row(one.label, one.key, one.cells, one.amount, one.previous)),
    row("Total", "", result.column_totals, result.total, result.previous_total),
  ]);
}
