import { queryOptions } from "@tanstack/react-query";
import { coming, type WhyAnswer, type WhyResult } from "../../host/coming";
import type { WhyAsk } from "../../shared/door-bell";
import { pickFilters } from "../../shared/filters";

/** Where a number comes from and which rules made it. */
export const why = (ask: WhyAsk) =>
  queryOptions({
    queryKey: ["why", ask],
    queryFn: async () => {
      const { from, to, metric, by, key, as_of, filters } = ask;
      return coming<WhyAnswer>("GET", "/why", { from, to, metric, by, key, as_of, ...pickFilters(filters) });
    },
    retry: false,
  });

/** The part of the answer in the currency that was asked about; currencies are never added. */
export function inCurrency(answer: WhyAnswer, currency: string): WhyResult | undefined {
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
