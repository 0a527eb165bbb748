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
    for: null,
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
    for: null,
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
  {
    id: "invoices",
    label: "Draft the month's invoices",
    cron: "0 6 3 * *",
    zone: "Europe/Berlin",
    own_zone: false,
    words: "On day 3 of each month at 06:00.",
    enabled: false,
    for: "people",
    next_run: null,
    last_run: null,
  },
];

export const aboutSchedules: Replies = {
  "GET /schedules": () => ({ schedules }),
  "PUT /schedules/*": ({ body, matched }) => ({
    ...schedules.find(({ id }) => id === matched[0]),
    ...(body as object),
  }),
  "POST /schedules/*/run": () => schedules[0]?.last_run,
  "GET /schedules/*/runs": () => ({ runs: schedules.flatMap((one) => one.last_run ?? []) }),
};
