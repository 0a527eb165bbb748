import { queryOptions } from "@tanstack/react-query";
import { api } from "../host/client";
import { data } from "../host/problem";
import type { Anomaly } from "../host/wire";
import { nameRange } from "./days";
import { type Filters, pickFilters } from "./filters";
import { formatMoney, isNegative } from "./money";

export type AnomaliesAsk = { from: string; to: string; filters: Filters };

/** What is unusual in these days. */
export const anomalies = ({ from, to, filters }: AnomaliesAsk) =>
  queryOptions({
    queryKey: ["anomalies", from, to, filters],
    queryFn: async () => {
      const query = { from, to, ...pickFilters(filters) };
      return data(await api.GET("/api/v1/anomalies", { params: { query } })).anomalies;
    },
    retry: false,
  });

const KINDS: Record<string, string> = {
  spike: "Spike",
  drop: "Drop",
  level: "New level",
  new: "Something new",
  drift: "Slow drift",
  one_off: "One-off charge",
};

export function nameAnomalyKind(kind: string): string {
  return KINDS[kind] ?? kind;
}

type Amounts = Pick<Anomaly, "impact" | "currency">;

/** Whether more came than was expected. */
export function isMore({ impact }: Pick<Anomaly, "impact">): boolean {
  return !isNegative(impact);
}

/** `$2,577.00 more than expected`. */
export function nameImpact(one: Amounts): string {
  const size = formatMoney(one.impact.replace(/^-/, ""), one.currency);
  return `${size} ${isMore(one) ? "more" : "less"} than expected`;
}

/** One line on it: what, when, how much. */
export function describeAnomaly(one: Anomaly): string {
  return `${one.label}, ${nameRange(one.from, one.to)}: ${nameImpact(one)}`;
}
