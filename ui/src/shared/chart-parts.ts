import type {
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
} from "echarts";
import { toPlot } from "./money";

/** Something beside the bars, one value a column; null where there is none. */
export type Band = { name: string; low: (string | null)[]; high: (string | null)[] };
/** A line across each column, such as what a month may cost. */
export type Limits = { name: string; amounts: (string | null)[] };
/** A column that somebody should look at: how high the mark stands, and what it says. */
export type Mark = { id: number; column: number; amount: string; label: string };

type Draw = (
  params: CustomSeriesRenderItemParams,
  api: CustomSeriesRenderItemAPI,
) => CustomSeriesRenderItemReturn;

/** How wide a column is on the screen. */
function columnWidth(api: CustomSeriesRenderItemAPI): number {
  const size = api.size?.([1, 0]);
  return Array.isArray(size) ? (size[0] ?? 0) : 0;
}

function custom(name: string, colour: string, data: (number | null)[][], renderItem: Draw, silent = true) {
  return {
    type: "custom",
    name,
    silent,
    z: 5,
    itemStyle: { color: colour },
    encode: { x: 0, y: [1, 2] },
    cursor: silent ? "default" : "pointer",
    data,
    renderItem,
  };
}

/** Whiskers from the low to the high end of what is likely. */
export function whiskers(band: Band, colour: string) {
  const data = band.low.flatMap((low, column) => {
    const high = band.high[column] ?? null;
    return low === null || high === null ? [] : [[column, toPlot(low), toPlot(high)]];
  });
  return custom(band.name, colour, data, (_params, api) => {
    const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
    const [, high = 0] = api.coord([api.value(0), api.value(2)]);
    const half = Math.min(7, columnWidth(api) * 0.18);
    const style = { stroke: colour, lineWidth: 1.5, fill: "none" };
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: "line" as const,
      shape: { x1, y1, x2, y2 },
      style,
    });
    return {
      type: "group",
      children: [
        line(x, low, x, high),
        line(x - half, low, x + half, low),
        line(x - half, high, x + half, high),
      ],
    };
  });
}

/** A dashed line as wide as its column at each limit. */
export function limitLines(limits: Limits, colour: string) {
  const data = limits.amounts.flatMap((amount, column) =>
    amount === null ? [] : [[column, toPlot(amount), toPlot(amount)]],
  );
  return custom(limits.name, colour, data, (_params, api) => {
    const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
    const half = columnWidth(api) * 0.42;
    return {
      type: "line",
      shape: { x1: x - half, y1: y, x2: x + half, y2: y },
      style: { stroke: colour, lineWidth: 2, lineDash: [5, 3] },
    };
  });
}

/** Diamonds above the columns that are marked. */
export function diamonds(marks: Mark[], colour: string, page: string) {
  const data = marks.map((mark) => [mark.column, toPlot(mark.amount), toPlot(mark.amount)]);
  const draw: Draw = (_params, api) => {
    const [x = 0, top = 0] = api.coord([api.value(0), api.value(1)]);
    const [y, size] = [top - 9, 6];
    return {
      type: "polygon",
      shape: {
        points: [
          [x, y - size],
          [x + size, y],
          [x, y + size],
          [x - size, y],
        ],
      },
      style: { fill: colour, stroke: page, lineWidth: 1.5 },
    };
  };
  return custom("Unusual", colour, data, draw, false);
}
