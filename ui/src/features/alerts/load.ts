import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../host/planned";
import type { Alert, Deliveries } from "../../host/wire";

export function acknowledge(id: number): Promise<Alert> {
  return ask("POST", `/alerts/${id}/ack`, {}, {});
}

export function snooze(id: number, until: string): Promise<Alert> {
  return ask("POST", `/alerts/${id}/snooze`, {}, { until });
}

export function reopen(id: number): Promise<Alert> {
  return ask("POST", `/alerts/${id}/reopen`, {}, {});
}

export type DeliveriesAsk = {
  state?: string | undefined;
  channel?: number | undefined;
  page?: number | undefined;
};

/** What was sent, what waits and what failed, the latest first. */
export const deliveries = (asked: DeliveriesAsk) =>
  queryOptions({
    queryKey: ["deliveries", asked],
    queryFn: () => ask<Deliveries>("GET", "/deliveries", asked),
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
