import type { Replies } from "../../src/host/fake";
import type { Schedule } from "../../src/host/wire";

const schedules: Schedule[] = [
  {
    id: "sync-1",
    label: "Sync Northwind, Payer",
    cron: "0 6 * * *",
    zone: "Europe/Berlin",
    own_zone: false,
    words: "Each day at 06:00.",
    enabled: true,
    next_run: "2026-10-29T05:00:00Z",
    last_run: {
      id: 7,
      planned_at: "2026-10-28T05:00:00Z",
      started_at: "2026-10-28T05:00:01Z",
      ended_at: "2026-10-28T05:00:31Z",
      state: "done",
      attempt: 1,
      retry_at: null,
      job: 12,
      text: "1 billing period replaced",
    },
  },
  {
    id: "budgets",
    label: "Check the budgets",
    cron: "0 * * * *",
    zone: "Europe/Berlin",
    own_zone: false,
    words: "Each hour.",
    enabled: true,
    next_run: "2026-10-28T10:00:00Z",
    last_run: {
      id: 6,
      planned_at: "2026-10-28T09:00:00Z",
      started_at: "2026-10-28T09:00:01Z",
      ended_at: "2026-10-28T09:00:02Z",
      state: "failed",
      attempt: 3,
      retry_at: "2026-10-28T09:20:00Z",
      job: null,
      text: "The file is locked by another program.",
    },
  },
];

export const aboutSchedules: Replies = {
  "GET /schedules": () => ({ schedules }),
  "PUT /schedules/*": ({ body }) => ({ ...schedules[0], ...(body as object) }),
  "POST /schedules/*/run": () => schedules[0]?.last_run,
  "GET /schedules/*/runs": () => ({ runs: schedules.flatMap((one) => one.last_run ?? []) }),
};
