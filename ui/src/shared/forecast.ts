import { queryOptions } from "@tanstack/react-query";
import { api } from "../host/client";
import { data } from "../host/problem";
import type { Backtest } from "../host/wire";
import { type Filters, pickFilters } from "./filters";

export type ForecastAsk = { by: string; metric: string; months: number; filters: Filters };

/** What is likely to come, and how sure that is. */
export const forecast = ({ by, metric, months, filters }: ForecastAsk) =>
  queryOptions({
    queryKey: ["forecast", by, metric, months, filters],
    queryFn: async () => {
      const query = { by, metric, months, ...pickFilters(filters) };
      return data(await api.GET("/api/v1/forecast", { params: { query } }));
    },
    staleTime: 60_000,
    retry: false,
  });

const METHODS: Record<string, string> = {
  none: "none",
  seasonal_naive: "as the weeks before",
  ets: "exponential smoothing (ETS)",
  mstl: "trend and seasons (MSTL)",
  theta: "Theta",
  calendar: "calendar of the month",
  yearly: "as the year before",
  blend: "several methods together",
};

export function nameMethod(method: string): string {
  return METHODS[method] ?? method.replaceAll("_", " ");
}

/** How far off the method was where the outcome is known, in words. */
export function nameBacktest(backtest: Backtest): string {
  const { mase, coverage80, folds } = backtest;
  return `error ${mase} times that of repeating the week before; ${coverage80} % of ${folds} trials fell into the 80 % band`;
}
