import type { Anomaly, CostResult, Costs, ForecastResult } from "../../host/wire";
import { describeAnomaly } from "../../shared/anomalies";
import type { Band, Mark } from "../../shared/chart-parts";
import { nameColumn } from "../../shared/days";

export type Ahead = {
  /** Names of the columns, with those that are still to come. */
  columns: string[];
  /** How many of them are still to come. */
  more: number;
  expected: (string | null)[];
  band: Band;
};

type Point = { key: string; expected: string; low80: string; high80: string };

/** The days or months that a forecast speaks of, as the columns of the page are. */
function pointsOf(answer: Costs, result: ForecastResult, today: string): Point[] {
  const spans =
    answer.interval === "month"
      ? result.total.months.map(({ month, ...band }) => ({ key: month, ...band }))
      : result.days.filter(({ day }) => day >= today).map(({ day, ...band }) => ({ key: day, ...band }));
  return spans.flatMap(({ key, expected, low80, high80 }) =>
    expected === null || low80 === null || high80 === null ? [] : [{ key, expected, low80, high80 }],
  );
}

/** What is expected beside what came: the chart's columns go on into the days or months ahead. */
export function aheadOf(answer: Costs, result: ForecastResult | undefined, today: string): Ahead | undefined {
  if (result === undefined || (answer.interval !== "month" && answer.interval !== "day")) return undefined;
  const points = pointsOf(answer, result, today);
  const keys = answer.columns.map((column) => column.key);
  const last = keys.at(-1) ?? "";
  const more = points.map((point) => point.key).filter((key) => key > last && !keys.includes(key));
  const all = [...keys, ...more];
  const found = all.map((key) => points.find((point) => point.key === key));
  if (found.every((point) => point === undefined)) return undefined;
  return {
    columns: all.map(nameColumn),
    more: more.length,
    expected: found.map((point) => point?.expected ?? null),
    band: {
      name: "80 % of outcomes",
      low: found.map((point) => point?.low80 ?? null),
      high: found.map((point) => point?.high80 ?? null),
    },
  };
}

/** Where on the chart something unusual began; above the columns that are drawn. */
export function marksOf(answer: Costs, result: CostResult, unusual: Anomaly[]): Mark[] {
  return unusual.flatMap((one) => {
    const column = answer.columns.findIndex(({ from, to }) => one.to >= from && one.from <= to);
    const amount = result.column_totals[column];
    return column < 0 || amount === undefined
      ? []
      : [{ id: one.id, column, amount, label: describeAnomaly(one) }];
  });
}
