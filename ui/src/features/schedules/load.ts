import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../host/planned";
import type { Run, Schedule } from "../../host/wire";

export const schedules = queryOptions({
  queryKey: ["schedules"],
  queryFn: async () => (await ask<{ schedules: Schedule[] }>("GET", "/schedules")).schedules,
  refetchInterval: 30_000,
});

export const runs = (id: string) =>
  queryOptions({
    queryKey: ["schedule runs", id],
    queryFn: async () =>
      (await ask<{ runs: Run[] }>("GET", `/schedules/${encodeURIComponent(id)}/runs`)).runs,
    refetchInterval: 30_000,
  });

export type ScheduleDraft = { cron: string; zone: string | null; enabled: boolean };

export function saveSchedule(id: string, draft: ScheduleDraft): Promise<Schedule> {
  return ask("PUT", `/schedules/${encodeURIComponent(id)}`, {}, draft);
}

export function runNow(id: string): Promise<Run> {
  return ask("POST", `/schedules/${encodeURIComponent(id)}/run`, {}, {});
}

/** A schedule as it is kept. */
export function draftOf({ cron, zone, own_zone, enabled }: Schedule): ScheduleDraft {
  return { cron, zone: own_zone ? zone : null, enabled };
}
