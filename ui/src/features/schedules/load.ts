import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Run, Schedule, ScheduleChange } from "../../host/wire";
import { readWhom, writeWhom } from "./whom";

export const schedules = queryOptions({
  queryKey: ["schedules"],
  queryFn: async () => data(await api.GET("/api/v1/schedules")).schedules,
  refetchInterval: 30_000,
});

export const runs = (id: string) =>
  queryOptions({
    queryKey: ["schedule runs", id],
    queryFn: async () =>
      data(await api.GET("/api/v1/schedules/{id}/runs", { params: { path: { id } } })).runs,
    refetchInterval: 30_000,
  });

export async function saveSchedule(id: string, body: ScheduleChange): Promise<Schedule> {
  return data(await api.PUT("/api/v1/schedules/{id}", { params: { path: { id } }, body }));
}

export async function runNow(id: string): Promise<Run> {
  return data(await api.POST("/api/v1/schedules/{id}/run", { params: { path: { id } } }));
}

/** A schedule as it is kept. */
export function draftOf({ cron, zone, own_zone, enabled, for: whom }: Schedule): ScheduleChange {
  const times = { cron, zone: own_zone ? zone : null, enabled };
  return whom === null ? times : { ...times, for: writeWhom(readWhom(whom)) };
}
