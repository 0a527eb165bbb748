import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ForecastResult, ForecastRow } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMonthBriefly } from "../../shared/days";
import { type ForecastAsk, forecast, nameBacktest, nameMethod } from "../../shared/forecast";
import { formatMoney } from "../../shared/money";
import { Section } from "../../shared/Page";
import type { TableFile } from "../../shared/tableFile";
import { Answer, Waiting } from "../../shared/Waiting";
import styles from "./PivotTable.module.css";

function columnsOf(result: ForecastResult, rowName: string): Column<ForecastRow>[] {
  const { total, currency } = result;
  const month = (row: ForecastRow, at: number) => row.months[at];
  const band = (low: string | null, high: string | null) =>
    low === null || high === null ? "" : `${formatMoney(low, currency)} – ${formatMoney(high, currency)}`;
  const nothing = <span className="soft">–</span>;
  return [
    {
      id: "row",
      head: rowName,
      cell: (row) => (
        <span className={styles.name} title={row.label}>
          {row.label === "" ? "(none)" : row.label}
        </span>
      ),
      foot: "Total",
    },
    {
      id: "so far",
      head: "So far",
      figures: true,
      cell: (row) => <Amount amount={row.so_far} />,
      foot: <Amount amount={total.so_far} />,
    },
    ...total.months.flatMap((one, at): Column<ForecastRow>[] => [
      {
        id: one.month,
        head: nameMonthBriefly(one.month),
        figures: true,
        cell: (row) => {
          const found = month(row, at);
          return found === undefined || found.expected === null ? (
            nothing
          ) : (
            <span
              title={`80 %: ${band(found.low80, found.high80)}; 95 %: ${band(found.low95, found.high95)}`}
            >
              <Amount amount={found.expected} />
            </span>
          );
        },
        foot: one.expected === null ? nothing : <Amount amount={one.expected} />,
      },
      ...(at > 0
        ? []
        : [
            {
              id: "band",
              head: <span title="Eight of ten outcomes end in here">80 % between</span>,
              figures: true,
              minor: true,
              cell: (row: ForecastRow) => {
                const found = month(row, at);
                return found === undefined ? (
                  ""
                ) : (
                  <span className="soft">{band(found.low80, found.high80)}</span>
                );
              },
              foot: band(one.low80, one.high80),
            },
          ]),
    ]),
    {
      id: "method",
      head: "By",
      minor: true,
      cell: (row) =>
        row.reason !== null ? (
          <span className="soft" title={row.reason}>
            {row.reason}
          </span>
        ) : (
          <span title={row.backtest === null ? undefined : nameBacktest(row.backtest)}>
            {nameMethod(row.method)}
          </span>
        ),
      foot: nameMethod(total.method),
    },
  ];
}

type TableProps = { result: ForecastResult; rowName: string; file: TableFile };

function Table({ result, rowName, file }: TableProps) {
  const columns = useMemo(() => columnsOf(result, rowName), [result, rowName]);
  const { backtest } = result.total;
  return (
    <Section
      title="Expected"
      note={`in ${result.currency}${backtest === null ? "" : `; in all: ${nameBacktest(backtest)}`}`}
    >
      <DataTable
        label={`Expected costs by ${rowName.toLowerCase()} in ${result.currency}`}
        file={file}
        columns={columns}
        rows={result.rows}
        rowId={(row) => row.key}
        stickyFirst
      />
    </Section>
  );
}

type ForecastSectionProps = { asked: ForecastAsk; currency: string; rowName: string };

/** What each row is expected to come to, by which method, and how sure that is. */
export function ForecastSection({ asked, currency, rowName }: ForecastSectionProps) {
  const query = useQuery(forecast(asked));
  const { filters, ...rest } = asked;
  const file = { table: "forecast", query: { ...rest, ...filters } };
  return (
    <Answer query={query} waiting={<Waiting rows={5} />}>
      {(answer) => {
        const result = answer.results.find((one) => one.currency === currency);
        return result === undefined ? (
          <p className="soft">Nothing is known yet that a forecast could rest on.</p>
        ) : (
          <Table result={result} rowName={rowName} file={file} />
        );
      }}
    </Answer>
  );
}
