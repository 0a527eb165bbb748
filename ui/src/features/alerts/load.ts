import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Alert } from "../../host/wire";

const of = (id: number) => ({ params: { path: { id } } });

export async function acknowledge(id: number): Promise<Alert> {
  return data(await api.POST("/api/v1/alerts/{id}/ack", of(id)));
}

export async function snooze(id: number, until: string): Promise<Alert> {
  return data(await api.POST("/api/v1/alerts/{id}/snooze", { ...of(id), body: { until } }));
}

export async function reopen(id: number): Promise<Alert> {
  return data(await api.POST("/api/v1/alerts/{id}/reopen", of(id)));
}

export type DeliveriesAsk = {
  state?: string | undefined;
  channel?: number | undefined;
  page?: number | undefined;
};

/** What was sent, what waits and what failed, the latest first. */
export const deliveries = (query: DeliveriesAsk) =>
  queryOptions({
    queryKey: ["deliveries", query],
    queryFn: async () => data(await api.GET("/api/v1/deliveries", { params: { query } })),
  });

/** What a person may do with an alert as it stands. */
export function deedsOf({ state }: Pick<Alert, "state">): ("acknowledge" | "snooze" | "reopen")[] {
  switch (state) {
    case "open":
      return ["acknowledge", "snooze"];
    case "snoozed":
      return ["acknowledge", "reopen"];
    case "acknowledged":
      return ["reopen"];
    default:
      return [];
  }
}

/** The key that does it, on an alert that has the focus. */
export const KEYS: Record<string, "acknowledge" | "snooze" | "reopen"> = {
  a: "acknowledge",
  s: "snooze",
  u: "reopen",
};
