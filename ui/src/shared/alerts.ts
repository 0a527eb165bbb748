import { queryOptions } from "@tanstack/react-query";
import { api } from "../host/client";
import { data } from "../host/problem";

export const alerts = (state: "open" | "all", page = 1) =>
  queryOptions({
    queryKey: ["alerts", state, page],
    queryFn: async () => {
      const query = { state, page: page === 1 ? undefined : page };
      return data(await api.GET("/api/v1/alerts", { params: { query } }));
    },
    retry: false,
  });

/** How many alerts wait in the inbox; asked for again now and then, since the program raises them by itself. */
export const openAlerts = queryOptions({ ...alerts("open"), refetchInterval: 60_000 });

/** The ways by which notices go out. */
export const channels = queryOptions({
  queryKey: ["channels"],
  queryFn: async () => data(await api.GET("/api/v1/channels")).channels,
  retry: false,
});

const STATES: Record<string, string> = {
  open: "open",
  acknowledged: "acknowledged",
  snoozed: "snoozed",
  cleared: "cleared by itself",
};

export function nameAlertState(state: string): string {
  return STATES[state] ?? state;
}
