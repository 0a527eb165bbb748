import { useMemo } from "react";
import type { CostResult, CostRow, Costs } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameColumn, nameRange } from "../../shared/days";
import type { WhyAsk } from "../../shared/door-bell";
import { Figure } from "../../shared/Figure";
import type { RowName } from "../../shared/filters";
import { compareAmounts, isZero } from "../../shared/money";
import type { TableFile } from "../../shared/tableFile";
import styles from "./PivotTable.module.css";

type PivotTableProps = {
  answer: Costs;
  result: CostResult;
  rowName: string;
  onOpen: (range: { from: string; to: string }, row?: RowName) => void;
  /** What to ask about a figure: its days, what it is called, its row. */
  whyOf: (range: { from: string; to: string }, title: string, row?: RowName) => WhyAsk;
  file: TableFile;
};

/** A figure that says why it is what it is; nothing where nothing was spent. */
function Door({ amount, why }: { amount: string; why: WhyAsk }) {
  if (isZero(amount)) return <span className={styles.nothing}>–</span>;
  return <Figure bare stop amount={amount} why={why} />;
}

/** Rows by what was asked, columns of time, totals at the end of both. */
export function PivotTable({ answer, result, rowName, onOpen, whyOf, file }: PivotTableProps) {
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
            why={whyOf(column, `${row.label}, ${nameColumn(column.key)}`, row)}
          />
        ),
        foot: (
          <Figure
            bare
            amount={result.column_totals[at] ?? "0"}
            why={whyOf(column, `All, ${nameColumn(column.key)}`)}
          />
        ),
      })),
      {
        id: "total",
        head: "Total",
        figures: true,
        sort: (left, right) => compareAmounts(left.amount, right.amount),
        cell: (row) => (
          <strong className={styles.total}>
            <Door amount={row.amount} why={whyOf(answer, `${row.label}, total`, row)} />
          </strong>
        ),
        foot: <Figure amount={result.total} why={whyOf(answer, "Total")} />,
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
  }, [answer, result, rowName, onOpen, whyOf]);
  return (
    <DataTable
      label={`Costs by ${rowName.toLowerCase()} in ${result.currency}`}
      columns={columns}
      rows={result.rows}
      rowId={(row) => row.key}
      stickyFirst
      file={file}
    />
  );
}
