import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Why, WhyResult } from "../../host/wire";
import type { WhyAsk } from "../../shared/door-bell";
import { pickFilters } from "../../shared/filters";

/** Where a number comes from and which rules made it. */
export const why = (ask: WhyAsk) =>
  queryOptions({
    queryKey: ["why", ask],
    queryFn: async () => {
      const { from, to, metric, by, key, as_of, filters } = ask;
      const query = { from, to, metric, by, key, as_of, ...pickFilters(filters) };
      return data(await api.GET("/api/v1/why", { params: { query } }));
    },
    retry: false,
  });

/** The part of the answer in the currency that was asked about; currencies are never added. */
export function inCurrency(answer: Why, currency: string): WhyResult | undefined {
  return answer.results.find((result) => result.currency === currency);
}

const CATEGORIES: Record<string, string> = {
  usage: "Usage",
  purchase: "Purchases of commitments",
  credit: "Credits",
  refund: "Refunds",
  discount: "Discounts",
  tax: "Tax",
  support: "Support",
  fee: "Fees",
  adjustment: "Adjustments",
};

/** A charge category as the bill calls it, in plain words where there are any. */
export function nameCategory(category: string): string {
  return CATEGORIES[category.toLowerCase()] ?? category;
}
