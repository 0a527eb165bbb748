import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Charge } from "../../host/wire";
import { type Filters, pickFilters } from "../../shared/filters";

export const PAGE = 200;

export type ChargesAsk = {
  from: string;
  to: string;
  metric: "billed" | "effective";
  sort: "amount" | "day";
  as_of?: string | undefined;
  filters: Filters;
};

/** One window on the charges; the program pages in its database, not here. */
export const chargePage = (ask: ChargesAsk, page: number) =>
  queryOptions({
    queryKey: ["charges", ask, page],
    queryFn: async () => {
      const { filters, ...rest } = ask;
      const query = { ...rest, ...pickFilters(filters), offset: page * PAGE, limit: PAGE };
      return data(await api.GET("/api/v1/charges", { params: { query } }));
    },
    staleTime: 60_000,
  });

/** The pages that hold rows `first` to `last`. */
export function pagesFor(first: number, last: number): number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) pages.push(page);
  return pages;
}

/** Where in its file a charge comes from: one line, or from the first to the last of several. */
export function linesOf(source: Charge["source"]): string | undefined {
  const { first_line: first, last_line: last } = source;
  if (first === null || first === undefined || first === 0) return undefined;
  return last === null || last === first ? `line ${first}` : `lines ${first} to ${last}`;
}
