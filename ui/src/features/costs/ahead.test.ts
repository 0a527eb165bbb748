import { expect, it } from "vitest";
import { replies } from "../../../dev/company";
import type { Anomaly, Costs, ForecastResult } from "../../host/wire";
import { aheadOf, marksOf } from "./ahead";

const answered = <T>(ask: string, url: string): T =>
  replies[ask]?.({ url: new URL(url, "http://x"), body: undefined, matched: [] }) as T;
const forecast = answered<{ today: string; results: ForecastResult[] }>("GET /forecast", "/forecast");
const result = forecast.results[0];
const costs = (interval: string, from = "2026-10-01", to = "2026-10-31") =>
  answered<Costs>("GET /costs", `/costs?from=${from}&to=${to}&interval=${interval}`);

it("goes on into the months ahead, with a place for each amount", () => {
  const ahead = aheadOf(costs("month"), result, forecast.today);
  expect(ahead?.columns).toEqual(["Oct 2026", "Nov 2026", "Dec 2026"]);
  expect(ahead?.more).toBe(2);
  expect(ahead?.expected).toEqual(result?.total.months.map((month) => month.expected));
});

it("draws only days that are still to come", () => {
  const ahead = aheadOf(costs("day"), result, forecast.today);
  expect(ahead?.columns).toHaveLength(31);
  expect(ahead?.expected.filter((amount) => amount !== null)).toHaveLength(4);
  expect(ahead?.expected.slice(0, 27).every((amount) => amount === null)).toBe(true);
});

it("draws nothing where nothing is expected or no time passes", () => {
  expect(aheadOf(costs("none"), result, forecast.today)).toBeUndefined();
  expect(aheadOf(costs("day"), undefined, forecast.today)).toBeUndefined();
  const flat = result === undefined ? undefined : { ...result, total: { ...result.total, months: [] } };
  expect(aheadOf(costs("month"), flat, forecast.today)).toBeUndefined();
});

it("marks the column in which something unusual began", () => {
  const { anomalies } = answered<{ anomalies: Anomaly[] }>("GET /anomalies", "/anomalies");
  const answer = costs("day");
  const [first] = answer.results;
  if (first === undefined) throw new Error("no result");
  expect(marksOf(answer, first, anomalies).map(({ id, column }) => [id, column])).toEqual([
    [1, 11],
    [2, 19],
  ]);
  expect(marksOf(costs("day", "2026-09-01", "2026-09-30"), first, anomalies)).toEqual([]);
});
