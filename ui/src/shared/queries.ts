import { queryOptions } from "@tanstack/react-query";
import { api } from "../host/client";
import { data } from "../host/problem";
import type { Settings } from "../host/wire";
import { goBy } from "./days";

/** Questions that more than one place asks. */
export const session = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    const who = data(await api.GET("/api/v1/session"));
    goBy(who.now);
    return who;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const people = queryOptions({
  queryKey: ["people"],
  queryFn: async () => data(await api.GET("/api/v1/people")).people,
});

export const teams = queryOptions({
  queryKey: ["teams"],
  queryFn: async () => data(await api.GET("/api/v1/teams")).teams,
});

export const clients = queryOptions({
  queryKey: ["clients"],
  queryFn: async () => data(await api.GET("/api/v1/clients")).clients.filter((client) => !client.archived),
});

export const tenants = queryOptions({
  queryKey: ["tenants"],
  queryFn: async () => data(await api.GET("/api/v1/tenants")).tenants,
});

export const periods = queryOptions({
  queryKey: ["periods"],
  queryFn: async () => data(await api.GET("/api/v1/periods")).periods,
});

/** Periods that are or were kept from invoices and alerts. */
export const quarantine = queryOptions({
  queryKey: ["quarantine"],
  queryFn: async () => data(await api.GET("/api/v1/quarantine")).items,
  retry: false,
});

export const settings = queryOptions({
  queryKey: ["settings"],
  queryFn: async () => data(await api.GET("/api/v1/settings")),
});

/** Saves all settings; what a page does not show goes back as it came. */
export async function saveSettings(next: Settings): Promise<Settings> {
  return data(await api.PUT("/api/v1/settings", { body: next }));
}

/** Values of a dimension; those that charges had as known on a day, if one is given. */
export const values = (dimension: string, search: string, key?: string, as_of?: string) =>
  queryOptions({
    queryKey: ["values", dimension, search, key, as_of],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/values/{dimension}", {
          params: { path: { dimension }, query: { search: search || undefined, key, limit: 50, as_of } },
        }),
      ).values,
    staleTime: 60_000,
  });

/** The newest month that has data; `undefined` while nothing is loaded. */
export function newestMonth(loaded: { period: string; current: boolean }[]): string | undefined {
  return loaded
    .filter((period) => period.current)
    .map((period) => period.period)
    .sort()
    .at(-1);
}
