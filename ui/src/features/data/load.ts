import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Period } from "../../host/wire";

export type DiffAsk = { from: number; to: number; by: string; metric: "billed" | "effective" };

/** What changed from one version of a period to another. */
export const periodDiff = (ask: DiffAsk) =>
  queryOptions({
    queryKey: ["period diff", ask],
    queryFn: async () => data(await api.GET("/api/v1/periods/diff", { params: { query: ask } })),
    staleTime: 60_000,
    retry: false,
  });

/** The versions of one billing period, the latest loaded first. */
export function versionsOf(
  all: Period[],
  of: { client?: string | undefined; account?: string | undefined; period?: string | undefined },
): Period[] {
  return all
    .filter(
      (one) => one.client === of.client && one.billing_account === of.account && one.period === of.period,
    )
    .toSorted((left, right) => right.loaded_at.localeCompare(left.loaded_at) || right.id - left.id);
}

/** Which two versions are compared first: the latest of a source and the one that it replaced. */
export function firstPair(versions: Period[]): [from: number, to: number] | undefined {
  const sameStream = (left: Period, right: Period) =>
    left.source === right.source && left.part === right.part;
  for (const to of versions) {
    const from = versions.find((one) => one !== to && sameStream(one, to) && one.version < to.version);
    if (from !== undefined) return [from.id, to.id];
  }
  const [latest, other] = versions;
  return latest === undefined || other === undefined ? undefined : [other.id, latest.id];
}
