import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Costs } from "../../host/wire";
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
