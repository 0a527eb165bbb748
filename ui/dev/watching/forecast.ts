import type { Replies } from "../../src/host/fake";
import type { Forecast, ForecastRow } from "../../src/host/wire";
import { addDays } from "../../src/shared/days";
import { band, dollars, WORST } from "./parts";

function forecastRow(key: string, cents: number, known = true): ForecastRow {
  return {
    key,
    label: key,
    method: known ? "calendar" : "none",
    reason: known ? null : "Only 9 days are known; a forecast needs 28.",
    backtest: known ? { mase: "0.71", coverage80: "81.2", coverage95: "95.0", folds: 24 } : null,
    so_far: dollars(cents),
    months: known
      ? ["2026-10", "2026-11", "2026-12"].map((month, at) => ({
          month,
          actual: at === 0 ? dollars(cents) : "0.00",
          ...band(Math.round(cents * (1.2 + at / 20))),
        }))
      : [],
  };
}

function forecast(): Forecast {
  return {
    today: "2026-10-28",
    results: [
      {
        currency: "USD",
        total: forecastRow("Total", 4_821_077),
        rows: [
          forecastRow("Amazon EC2", 1_900_000),
          forecastRow("Amazon RDS", 910_000),
          forecastRow("Amazon S3", 420_000),
          forecastRow(WORST, 9_000, false),
        ],
        days: Array.from({ length: 31 }, (_, at) => {
          const day = addDays("2026-10-01", at);
          const known = at < 27;
          const soon = band(160_000 + at * 900, 4);
          const none = { expected: null, low80: null, high80: null, low95: null, high95: null };
          return { day, actual: known ? dollars(150_000 + at * 700) : null, ...(known ? none : soon) };
        }),
      },
    ],
  };
}

export const aboutForecasts: Replies = {
  "GET /forecast": () => forecast(),
};
