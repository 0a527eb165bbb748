import { queryOptions } from "@tanstack/react-query";
import { ask } from "../host/planned";
import type { Alerts } from "../host/wire";

export const alerts = (state: "open" | "all", page = 1) =>
  queryOptions({
    queryKey: ["alerts", state, page],
    queryFn: () => ask<Alerts>("GET", "/alerts", { state, page: page === 1 ? undefined : page }),
    retry: false,
  });

/** How many alerts wait in the inbox; asked for again now and then, since the program raises them by itself. */
export const openAlerts = queryOptions({ ...alerts("open"), refetchInterval: 60_000 });

const STATES: Record<string, string> = {
  open: "open",
  acknowledged: "acknowledged",
  snoozed: "snoozed",
  cleared: "cleared by itself",
};

export function nameAlertState(state: string): string {
  return STATES[state] ?? state;
}
