import { useComputedColorScheme } from "@mantine/core";
import { BarChart, CustomChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useMemo, useRef } from "react";
import styles from "./Chart.module.css";
import { coloursOf, type Drawn, NAMED, optionOf } from "./chart-option";

export type { Series } from "./chart-option";

// Canvas is slow in WebKitGTK.
echarts.use([BarChart, CustomChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

type ChartProps = Omit<Drawn, "lying"> & {
  /** What it shows; said to those who do not see it. */
  title: string;
  height?: number;
  lying?: boolean;
  /** Called with the column that was clicked. */
  onPick?: (column: number, series: number) => void;
  /** Called with the id of the mark that was clicked. */
  onMark?: (id: number) => void;
};

/** Bars over time, with what is expected, allowed or unusual about them. A table holds the same figures. */
export function Chart(props: ChartProps) {
  const { title, columns, series, currency, height = 260, lying = false, onPick, onMark } = props;
  const { expected, band, limits, marks } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  const click = useRef<(column: number, at: number, name: string) => void>(undefined);
  click.current = (at, index, name) => {
    if (index < series.length) onPick?.(at, index);
    else if (name === "Unusual" && marks?.[at] !== undefined) onMark?.(marks[at].id);
  };
  const scheme = useComputedColorScheme("light");
  const { text, palette, mark, limit } = coloursOf(scheme);
  const rest = palette[NAMED] ?? text;

  const option = useMemo(
    () => optionOf({ columns, series, currency, lying, expected, band, limits, marks }, scheme),
    [columns, series, currency, lying, expected, band, limits, marks, scheme],
  );

  useEffect(() => {
    if (box.current === null) return;
    const drawn = echarts.init(box.current, null, { renderer: "svg" });
    chart.current = drawn;
    drawn.on("click", (event) =>
      click.current?.(event.dataIndex ?? 0, event.seriesIndex ?? 0, event.seriesName ?? ""),
    );
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

  const extras = [
    ...(expected === undefined ? [] : [{ name: "Expected", shape: styles.ghost, colour: palette[0] }]),
    ...(band === undefined ? [] : [{ name: band.name, shape: styles.whisker, colour: text }]),
    ...(limits === undefined ? [] : [{ name: limits.name, shape: styles.dash, colour: limit }]),
    ...(marks === undefined || marks.length === 0
      ? []
      : [{ name: "Unusual", shape: styles.diamond, colour: mark }]),
  ];
  return (
    <figure className={styles.figure}>
      <div
        ref={box}
        role="img"
        aria-label={`${title}. A table holds the same figures.`}
        style={{ height, width: "100%" }}
      />
      {series.length + extras.length > 1 && (
        <figcaption className={styles.legend}>
          {series.slice(0, NAMED).map((one, at) => (
            <span key={one.name} className={styles.key} title={one.name}>
              <span className={styles.dot} style={{ background: palette[at] }} />
              <span className="elide">{one.name}</span>
            </span>
          ))}
          {series.length > NAMED && (
            <span className={styles.key}>
              <span className={styles.dot} style={{ background: rest }} />
              {series.length - NAMED} more
            </span>
          )}
          {extras.map(({ name, shape, colour }) => (
            <span key={name} className={styles.key}>
              <span className={shape} style={{ color: colour }} />
              {name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
