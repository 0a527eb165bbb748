import { useMemo } from "react";
import type { CostResult, CostRow, Costs } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameColumn, nameRange } from "../../shared/days";
import type { RowName } from "../../shared/filters";
import { compareAmounts, formatFigure, isZero } from "../../shared/money";
import styles from "./PivotTable.module.css";

type PivotTableProps = {
  answer: Costs;
  result: CostResult;
  rowName: string;
  onOpen: (range: { from: string; to: string }, row?: RowName) => void;
};

/** A figure that opens what it is made of. */
function Door({ amount, onOpen, name }: { amount: string; onOpen: () => void; name: string }) {
  if (isZero(amount)) return <span className={styles.nothing}>–</span>;
  return (
    <button
      type="button"
      className="plain"
      data-nav
      tabIndex={-1}
      onClick={onOpen}
      aria-label={`${name}: ${formatFigure(amount)}, open the charges`}
    >
      <Amount amount={amount} />
    </button>
  );
}

/** Rows by what was asked, columns of time, totals at the end of both. */
export function PivotTable({ answer, result, rowName, onOpen }: PivotTableProps) {
  const columns = useMemo<Column<CostRow>[]>(() => {
    const compared = result.previous_total !== null;
    return [
      {
        id: "row",
        head: rowName,
        sort: (left, right) => left.label.localeCompare(right.label),
        cell: (row) => (
          <button
            type="button"
            className={`plain ${styles.name}`}
            title={row.label === row.key ? row.label : `${row.label} (${row.key})`}
            data-nav
            tabIndex={-1}
            onClick={() => onOpen(answer, row)}
          >
            <span className={row.key === "unowned" ? styles.nobody : undefined}>
              {row.label === "" ? "(none)" : row.label}
            </span>
          </button>
        ),
        foot: "Total",
      },
      ...answer.columns.map((column, at) => ({
        id: column.key,
        head: nameColumn(column.key),
        figures: true,
        sort: (left: CostRow, right: CostRow) =>
          compareAmounts(left.cells[at] ?? "0", right.cells[at] ?? "0"),
        cell: (row: CostRow) => (
          <Door
            amount={row.cells[at] ?? "0"}
            name={`${row.label}, ${nameColumn(column.key)}`}
            onOpen={() => onOpen(column, row)}
          />
        ),
        foot: <Amount amount={result.column_totals[at] ?? "0"} />,
      })),
      {
        id: "total",
        head: "Total",
        figures: true,
        sort: (left, right) => compareAmounts(left.amount, right.amount),
        cell: (row) => (
          <strong className={styles.total}>
            <Door amount={row.amount} name={`${row.label}, total`} onOpen={() => onOpen(answer, row)} />
          </strong>
        ),
        foot: (
          <button type="button" className="plain" onClick={() => onOpen(answer)}>
            <Amount amount={result.total} currency={result.currency} />
          </button>
        ),
      },
      ...(compared
        ? [
            {
              id: "previous",
              head: (
                <span
                  title={
                    answer.previous_from !== null && answer.previous_to !== null
                      ? nameRange(answer.previous_from, answer.previous_to)
                      : undefined
                  }
                >
                  Before
                </span>
              ),
              figures: true,
              minor: true,
              sort: (left: CostRow, right: CostRow) =>
                compareAmounts(left.previous ?? "0", right.previous ?? "0"),
              cell: (row: CostRow) => (
                <span className="soft">{row.previous === null ? "–" : <Amount amount={row.previous} />}</span>
              ),
              foot: result.previous_total !== null && (
                <Amount amount={result.previous_total} currency={result.currency} />
              ),
            },
            {
              id: "change",
              head: "Change",
              figures: true,
              cell: (row: CostRow) => (
                <Change amount={row.amount} previous={row.previous} currency={result.currency} />
              ),
              foot: (
                <Change amount={result.total} previous={result.previous_total} currency={result.currency} />
              ),
            },
          ]
        : []),
    ];
  }, [answer, result, rowName, onOpen]);
  return (
    <DataTable
      label={`Costs by ${rowName.toLowerCase()} in ${result.currency}`}
      columns={columns}
      rows={result.rows}
      rowId={(row) => row.key}
      stickyFirst
    />
  );
}
