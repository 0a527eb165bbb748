import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import type { CostResult, Costs } from "../../host/wire";
import { anomalies } from "../../shared/anomalies";
import { Chart } from "../../shared/Chart";
import { nameColumn, nameRange } from "../../shared/days";
import { ring, type WhyAsk } from "../../shared/door-bell";
import { type Filters, narrow, type RowName } from "../../shared/filters";
import { forecast } from "../../shared/forecast";
import { Section } from "../../shared/Page";
import { UnusualSection } from "../../shared/Unusual";
import { aheadOf, marksOf } from "./ahead";
import { nameRows } from "./CostsControls";
import { ForecastSection } from "./ForecastSection";
import { PivotTable } from "./PivotTable";

/** Beyond this a stack is no longer read; the table has them all. */
const DRAWN = 120;
/** How many rows lie below each other where there are no columns. */
const BARS = 14;

type CurrencyCostsProps = {
  answer: Costs;
  result: CostResult;
  asOf: string | undefined;
  filters: Filters;
  many: boolean;
  /** Whether what is expected stands beside what came. */
  ahead: boolean;
  /** The unusual thing that the address names. */
  opened: number | undefined;
};

/** How many months a forecast looks ahead. */
const MONTHS = 3;

/** The chart and the table of one currency. */
export function CurrencyCosts(props: CurrencyCostsProps) {
  const { answer, result, asOf, filters, many, ahead, opened } = props;
  const navigate = useNavigate();
  const rowName = nameRows(answer.by);
  const overTime = answer.columns.length > 0;
  const asked = { by: answer.by, metric: answer.metric, months: MONTHS, filters };
  const expected = useQuery({ ...forecast(asked), enabled: ahead });
  const found = useQuery({
    ...anomalies({ from: answer.from, to: answer.to, filters }),
    enabled: asOf === undefined,
  });
  const unusual = useMemo(
    () => (found.data ?? []).filter((one) => one.currency === result.currency),
    [found.data, result.currency],
  );
  const future = useMemo(
    () =>
      ahead
        ? aheadOf(
            answer,
            expected.data?.results.find((one) => one.currency === result.currency),
            expected.data?.today ?? "",
          )
        : undefined,
    [ahead, answer, expected.data, result.currency],
  );
  const columns = useMemo(
    () =>
      overTime
        ? (future?.columns ?? answer.columns.map((column) => nameColumn(column.key)))
        : result.rows.slice(0, BARS).map((row) => row.label),
    [answer.columns, future, overTime, result.rows],
  );
  const series = useMemo(
    () =>
      overTime
        ? result.rows.slice(0, DRAWN).map((row) => ({ name: row.label, amounts: row.cells }))
        : [{ name: rowName, amounts: result.rows.slice(0, BARS).map((row) => row.amount) }],
    [overTime, result.rows, rowName],
  );
  const marks = useMemo(
    () => (overTime ? marksOf(answer, result, unusual) : []),
    [answer, overTime, result, unusual],
  );
  const rung = useRef<number>(undefined);
  useEffect(() => {
    const anomaly = unusual.find((one) => one.id === opened);
    if (anomaly === undefined || rung.current === opened) return;
    rung.current = opened;
    // The panel listens from the end of this turn on.
    queueMicrotask(() => ring({ open: "anomaly", anomaly }));
  }, [unusual, opened]);
  const open = (range: { from: string; to: string }, row?: RowName) =>
    navigate({
      to: "/charges",
      search: {
        from: range.from,
        to: range.to,
        metric: answer.metric === "effective" ? "effective" : undefined,
        as_of: asOf,
        ...(row === undefined ? filters : narrow(filters, answer.by, row)),
      },
    });
  const whyOf = (range: { from: string; to: string }, title: string, row?: RowName): WhyAsk => ({
    from: range.from,
    to: range.to,
    metric: answer.metric === "effective" ? "effective" : "billed",
    filters: row === undefined ? filters : narrow(filters, answer.by, row),
    ...(row === undefined ? {} : { by: answer.by, key: row.key }),
    as_of: asOf,
    title,
    currency: result.currency,
  });
  const pick = (column: number, at: number) => {
    const range = overTime ? answer.columns[column] : answer;
    const row = overTime ? result.rows[at] : result.rows[column];
    if (range !== undefined && row !== undefined) open(range, row);
  };
  const days = { from: answer.from, to: answer.to, by: answer.by, metric: answer.metric, as_of: asOf };
  const compare = answer.previous_from === null ? undefined : "previous";
  const drawn = overTime ? DRAWN : BARS;
  return (
    <>
      <Section
        title={`${answer.metric === "effective" ? "Effective" : "Billed"} cost by ${rowName.toLowerCase()}${many ? `, ${result.currency}` : ""}`}
        note={
          nameRange(answer.from, answer.to) +
          (result.rows.length > drawn
            ? ` · the ${drawn} largest are drawn, the table has all ${result.rows.length}`
            : "")
        }
      >
        <Chart
          title={`${rowName} by cost, ${nameRange(answer.from, answer.to)}, ${result.currency}`}
          columns={columns}
          series={series}
          currency={result.currency}
          lying={!overTime}
          height={overTime ? 260 : 40 + columns.length * 26}
          onPick={pick}
          onMark={(id) => {
            const anomaly = unusual.find((one) => one.id === id);
            if (anomaly !== undefined) ring({ open: "anomaly", anomaly });
          }}
          marks={marks}
          {...(future === undefined ? {} : { expected: future.expected, band: future.band })}
        />
      </Section>
      <UnusualSection
        anomalies={unusual}
        file={{ table: "anomalies", query: { from: answer.from, to: answer.to, ...filters } }}
      />
      {ahead && <ForecastSection asked={asked} currency={result.currency} rowName={rowName} />}
      <Section
        title="Figures"
        note={`in ${result.currency}; a figure says why it is so, a name opens its charges`}
      >
        <PivotTable
          answer={answer}
          result={result}
          rowName={rowName}
          onOpen={open}
          whyOf={whyOf}
          file={{ table: "costs", query: { ...days, interval: answer.interval, compare, ...filters } }}
        />
      </Section>
    </>
  );
}
