import { useComputedColorScheme } from "@mantine/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useMemo, useRef } from "react";
import { chartColours } from "../theme/theme";
import styles from "./Chart.module.css";
import { formatMoney, formatMoneyBriefly, isZero, toPlot } from "./money";

// Canvas is slow in WebKitGTK.
echarts.use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export type Series = {
  name: string;
  /** One amount a column. */
  amounts: string[];
};

type ChartProps = {
  /** What it shows; said to those who do not see it. */
  title: string;
  columns: string[];
  series: Series[];
  currency: string;
  height?: number;
  /** Bars that lie, one below the other: for names rather than days. */
  lying?: boolean;
  /** Called with the column that was clicked. */
  onPick?: (column: number, series: number) => void;
};

/** How many series get a colour of their own; the rest share one, and are still all drawn. */
const NAMED = 8;

function coloursOf(scheme: "light" | "dark"): { text: string; line: string; palette: readonly string[] } {
  return scheme === "dark"
    ? { text: "#95a1ad", line: "#29323a", palette: chartColours.dark }
    : { text: "#5a6672", line: "#e3e8ec", palette: chartColours.light };
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

/** Stacked bars over time, with a legend. Behind it stands a table with the same figures. */
export function Chart({ title, columns, series, currency, height = 260, lying = false, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  const pick = useRef(onPick);
  pick.current = onPick;
  const scheme = useComputedColorScheme("light");
  const { text, line, palette } = coloursOf(scheme);
  const rest = palette.at(-1) ?? "#888888";
  const colourOf = (at: number) => (at < NAMED ? (palette[at] ?? rest) : rest);

  const option = useMemo(() => {
    const colours = coloursOf(scheme).palette;
    const remaining = colours.at(-1) ?? "#888888";
    return {
      animation: false,
      aria: { enabled: false },
      textStyle: { fontFamily: "Inter Variable, system-ui, sans-serif", fontSize: 12, color: text },
      grid: { left: 4, right: 8, top: 10, bottom: 8, containLabel: true },
      tooltip: {
        trigger: "axis",
        axisPointer: {
          type: "shadow",
          shadowStyle: { color: scheme === "dark" ? "#ffffff0d" : "#0f2f520d" },
        },
        className: styles.tip,
        confine: true,
        formatter: (points: unknown) => {
          const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
          const tip = document.createElement("div");
          const head = document.createElement("div");
          head.className = styles.tipHead ?? "";
          head.textContent = columns[at] ?? "";
          tip.append(head);
          const shown = series
            .map((one, index) => ({ name: one.name, amount: one.amounts[at] ?? "0", index }))
            .filter(({ amount }) => !isZero(amount));
          for (const { name, amount, index } of shown.slice(0, 10)) {
            const colour = index < NAMED ? (colours[index] ?? remaining) : remaining;
            tip.append(row(colour, name, formatMoney(amount, currency)));
          }
          if (shown.length > 10) tip.append(row(undefined, `and ${shown.length - 10} more`, ""));
          if (shown.length === 0) tip.append(row(undefined, "Nothing", ""));
          return tip;
        },
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
      series: series.map((one, index) => ({
        type: "bar",
        name: one.name,
        stack: "all",
        barMaxWidth: lying ? 18 : 56,
        barCategoryGap: columns.length > 15 ? "18%" : "32%",
        itemStyle: { color: index < NAMED ? (colours[index] ?? remaining) : remaining },
        emphasis: { disabled: true },
        cursor: "pointer",
        data: one.amounts.map(toPlot),
      })),
    };
  }, [columns, series, currency, scheme, text, line, lying]);

  useEffect(() => {
    if (box.current === null) return;
    const drawn = echarts.init(box.current, null, { renderer: "svg" });
    chart.current = drawn;
    drawn.on("click", (event) => pick.current?.(event.dataIndex ?? 0, event.seriesIndex ?? 0));
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option as echarts.EChartsCoreOption, { notMerge: true });
  }, [option]);

  const named = series.slice(0, NAMED);
  return (
    <figure className={styles.figure}>
      <div
        ref={box}
        role="img"
        aria-label={`${title}. A table holds the same figures.`}
        style={{ height, width: "100%" }}
      />
      {series.length > 1 && (
        <figcaption className={styles.legend}>
          {named.map((one, at) => (
            <span key={one.name} className={styles.key} title={one.name}>
              <span className={styles.dot} style={{ background: colourOf(at) }} />
              <span className="elide">{one.name}</span>
            </span>
          ))}
          {series.length > NAMED && (
            <span className={styles.key}>
              <span className={styles.dot} style={{ background: rest }} />
              {series.length - NAMED} more
            </span>
          )}
        </figcaption>
      )}
    </figure>
  );
}
