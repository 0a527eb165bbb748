import { useMemo } from "react";
import type { BudgetMonth } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { Chart } from "../../shared/Chart";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameRange, nameRangeBriefly } from "../../shared/days";
import { formatMoney, usedOf } from "../../shared/money";

type MonthsProps = {
  name: string;
  months: BudgetMonth[];
  currency: string;
  /** The last day of the running period; what lies after it is still to come. */
  until: string;
};

/** Limit, what came and what is expected of each period, drawn. */
export function MonthsChart({ name, months, currency }: Omit<MonthsProps, "until">) {
  const drawn = useMemo(
    () => ({
      columns: months.map((one) => nameRangeBriefly(one.from, one.to)),
      series: [{ name: "Spent", amounts: months.map((one) => one.actual) }],
      expected: months.map((one) => one.forecast?.expected ?? null),
      band: {
        name: "80 % of outcomes",
        low: months.map((one) => one.forecast?.low80 ?? null),
        high: months.map((one) => one.forecast?.high80 ?? null),
      },
      limits: { name: "Limit", amounts: months.map((one) => one.limit) },
    }),
    [months],
  );
  const forecast = months.some((one) => one.forecast !== null);
  return (
    <Chart
      title={`${name}: limit, spent and expected by period, ${currency}`}
      columns={drawn.columns}
      series={drawn.series}
      limits={drawn.limits}
      currency={currency}
      height={230}
      {...(forecast ? { expected: drawn.expected, band: drawn.band } : {})}
    />
  );
}

function columnsOf(currency: string, until: string): Column<BudgetMonth>[] {
  const isAhead = (one: BudgetMonth) => one.from > until;
  const nothing = <span className="soft">–</span>;
  return [
    { id: "period", head: "Period", cell: (one) => nameRange(one.from, one.to) },
    {
      id: "limit",
      head: "Limit",
      figures: true,
      cell: (one) => <Amount amount={one.limit} currency={currency} />,
    },
    {
      id: "actual",
      head: "Spent",
      figures: true,
      cell: (one) => (isAhead(one) ? nothing : <Amount amount={one.actual} currency={currency} />),
    },
    {
      id: "used",
      head: "Used",
      figures: true,
      cell: (one) => (isAhead(one) ? nothing : usedOf(one.actual, one.limit)),
    },
    {
      id: "expected",
      head: "Expected",
      figures: true,
      minor: true,
      cell: ({ forecast }) =>
        forecast === null ? nothing : <Amount amount={forecast.expected} currency={currency} />,
    },
    {
      id: "band",
      head: <span title="Eight of ten outcomes end in here">80 % between</span>,
      figures: true,
      minor: true,
      cell: ({ forecast }) =>
        forecast === null
          ? nothing
          : `${formatMoney(forecast.low80, currency)} – ${formatMoney(forecast.high80, currency)}`,
    },
  ];
}

/** The table behind the chart. */
export function MonthsTable({ id, name, months, currency, until }: MonthsProps & { id: number }) {
  const columns = useMemo(() => columnsOf(currency, until), [currency, until]);
  return (
    <DataTable
      label={`${name} by period`}
      columns={columns}
      rows={[...months].reverse()}
      rowId={(one) => one.from}
      file={{ table: "budget-months", query: { budget: id } }}
    />
  );
}
