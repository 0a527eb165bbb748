import { chartColours } from "../theme/theme";
import styles from "./Chart.module.css";
import { type Band, diamonds, type Limits, limitLines, type Mark, whiskers } from "./chart-parts";
import { formatMoney, formatMoneyBriefly, isZero, toPlot } from "./money";

export type Series = {
  name: string;
  /** One amount a column. */
  amounts: string[];
};

export type Drawn = {
  columns: string[];
  series: Series[];
  currency: string;
  /** Bars that lie, one below the other: for names rather than days. */
  lying: boolean;
  /** What a column is expected to come to, drawn as an outline behind its bar. */
  expected?: (string | null)[] | undefined;
  band?: Band | undefined;
  limits?: Limits | undefined;
  marks?: Mark[] | undefined;
};

/** How many series get a colour of their own; the rest share one, and are still all drawn. */
export const NAMED = 8;

export function coloursOf(scheme: "light" | "dark") {
  return scheme === "dark"
    ? {
        text: "#95a1ad",
        line: "#29323a",
        page: "#13191e",
        mark: "#f3b14b",
        limit: "#e77c8e",
        palette: chartColours.dark,
      }
    : {
        text: "#5a6672",
        line: "#e3e8ec",
        page: "#ffffff",
        mark: "#b45f06",
        limit: "#b3261e",
        palette: chartColours.light,
      };
}

/** Text becomes a text node, never markup: names come from bills. */
function row(colour: string | undefined, name: string, figure: string): HTMLElement {
  const line = document.createElement("div");
  line.className = styles.tipRow ?? "";
  const dot = document.createElement("span");
  dot.className = styles.dot ?? "";
  if (colour !== undefined) dot.style.background = colour;
  const label = document.createElement("span");
  label.className = styles.tipName ?? "";
  label.textContent = name;
  const amount = document.createElement("span");
  amount.className = "figure";
  amount.textContent = figure;
  line.append(...(colour === undefined ? [label, amount] : [dot, label, amount]));
  return line;
}

/** What stands beside a column when it is pointed at. */
function tipOf(drawn: Drawn, scheme: "light" | "dark", at: number): HTMLElement {
  const { columns, series, currency, expected, band, limits, marks = [] } = drawn;
  const { palette } = coloursOf(scheme);
  const tip = document.createElement("div");
  const head = document.createElement("div");
  head.className = styles.tipHead ?? "";
  head.textContent = columns[at] ?? "";
  tip.append(head);
  const shown = series
    .map((one, index) => ({ name: one.name, amount: one.amounts[at] ?? "0", index }))
    .filter(({ amount }) => !isZero(amount));
  for (const { name, amount, index } of shown.slice(0, 10)) {
    tip.append(row(palette[Math.min(index, NAMED)], name, formatMoney(amount, currency)));
  }
  if (shown.length > 10) tip.append(row(undefined, `and ${shown.length - 10} more`, ""));
  const coming = expected?.[at] ?? null;
  if (coming !== null) tip.append(row(undefined, "Expected", formatMoney(coming, currency)));
  const [low, high] = [band?.low[at] ?? null, band?.high[at] ?? null];
  if (band !== undefined && low !== null && high !== null) {
    tip.append(row(undefined, band.name, `${formatMoney(low, currency)} – ${formatMoney(high, currency)}`));
  }
  const limit = limits?.amounts[at] ?? null;
  if (limits !== undefined && limit !== null)
    tip.append(row(undefined, limits.name, formatMoney(limit, currency)));
  for (const mark of marks.filter(({ column }) => column === at)) tip.append(row(undefined, mark.label, ""));
  if (tip.childElementCount === 1) tip.append(row(undefined, "Nothing", ""));
  return tip;
}

/** The chart as its library wants it. */
export function optionOf(drawn: Drawn, scheme: "light" | "dark"): object {
  const { columns, series, currency, lying, expected, band, limits, marks = [] } = drawn;
  const { text, line, page, mark, limit, palette } = coloursOf(scheme);
  const bar = {
    type: "bar",
    barMaxWidth: lying ? 18 : 56,
    barCategoryGap: columns.length > 15 ? "18%" : "32%",
    // What is expected stands behind what came, not beside it.
    barGap: "-100%",
    emphasis: { disabled: true },
  };
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: "Inter Variable, system-ui, sans-serif", fontSize: 12, color: text },
    grid: { left: 4, right: 8, top: marks.length > 0 ? 22 : 10, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      axisPointer: {
        type: "shadow",
        shadowStyle: { color: scheme === "dark" ? "#ffffff0d" : "#0f2f520d" },
      },
      className: styles.tip,
      confine: true,
      formatter: (points: unknown) =>
        tipOf(drawn, scheme, (points as { dataIndex: number }[])[0]?.dataIndex ?? 0),
    },
    [lying ? "yAxis" : "xAxis"]: {
      type: "category",
      data: columns,
      inverse: lying,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: lying
        ? { color: text, width: 190, overflow: "truncate", interval: 0 }
        : { color: text, hideOverlap: true },
    },
    [lying ? "xAxis" : "yAxis"]: {
      type: "value",
      splitNumber: 4,
      splitLine: { lineStyle: { color: line } },
      axisLabel: {
        color: text,
        hideOverlap: true,
        formatter: (amount: number) => formatMoneyBriefly(amount, currency),
      },
    },
    series: [
      ...series.map((one, index) => ({
        ...bar,
        name: one.name,
        stack: "all",
        z: 3,
        itemStyle: { color: palette[Math.min(index, NAMED)] },
        cursor: "pointer",
        data: one.amounts.map(toPlot),
      })),
      ...(expected === undefined
        ? []
        : [
            {
              ...bar,
              name: "Expected",
              stack: "expected",
              z: 2,
              silent: true,
              itemStyle: {
                color: `${palette[0]}2e`,
                borderColor: palette[0],
                borderWidth: 1,
                borderType: "dashed",
              },
              data: expected.map((amount) => (amount === null ? null : toPlot(amount))),
            },
          ]),
      ...(band === undefined ? [] : [whiskers(band, text)]),
      ...(limits === undefined ? [] : [limitLines(limits, limit)]),
      ...(marks.length === 0 ? [] : [diamonds(marks, mark, page)]),
    ],
  };
}
