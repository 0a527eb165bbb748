import { expect, it } from "vitest";
import { readCron, writeCron } from "./cron";

it("reads the times that people choose", () => {
  expect(readCron("0 6 * * *")).toEqual({ every: "day", time: "06:00" });
  expect(readCron(" 5 * * * * ")).toEqual({ every: "hour", minute: "05" });
  expect(readCron("30 17 * * 7")).toEqual({ every: "week", day: "0", time: "17:30" });
  expect(readCron("0 6 3 * *")).toEqual({ every: "month", day: "3", time: "06:00" });
});

it("leaves what it cannot say as it is", () => {
  for (const cron of [
    "*/5 * * * *",
    "0 6 31 * *",
    "0 6 1 * 1",
    "0 6 1,15 * *",
    "0 6 * * 1-5",
    "0 0 6 * * *",
    "0 25 * * *",
    "rubbish",
  ]) {
    expect(readCron(cron)).toEqual({ every: "other", cron });
    expect(writeCron(readCron(cron))).toBe(cron);
  }
});

it("writes what it read, and nothing for a time that is none", () => {
  for (const cron of ["0 6 * * *", "5 * * * *", "30 17 * * 0", "15 7 28 * *"])
    expect(writeCron(readCron(cron))).toBe(cron);
  expect(writeCron({ every: "day", time: "24:00" })).toBeUndefined();
  expect(writeCron({ every: "day", time: "6" })).toBeUndefined();
  expect(writeCron({ every: "other", cron: "  " })).toBeUndefined();
});
