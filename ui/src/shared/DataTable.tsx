import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useArrowKeys } from "./arrow-keys";
import styles from "./DataTable.module.css";
import { ExportTable } from "./ExportTable";
import type { TableFile } from "./tableFile";

export type Column<Row> = {
  id: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Ascending order of two rows; the column cannot be sorted without. */
  sort?: (left: Row, right: Row) => number;
  /** Figures stand at the end of their cell. */
  figures?: boolean;
  width?: number | string;
  /** Left out on narrow screens. */
  minor?: boolean;
  /** Its cell opens the row, in place of the first column's. */
  opens?: boolean;
  /** What the totals row shows here. */
  foot?: ReactNode;
};

type DataTableProps<Row> = {
  /** What the table shows, for those who do not see it. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** Fills what is left of the page and scrolls there. */
  fill?: boolean;
  /** The first column stays while the rest scrolls sideways. */
  stickyFirst?: boolean;
  /** Rows of two lines. */
  tall?: boolean;
  empty?: ReactNode;
  isChosen?: (row: Row) => boolean;
  /** Fetches the rows that follow: called when the last of those that are here come into view. */
  onEnd?: (() => void) | undefined;
  /** What the program calls the same table, and what narrows it: it can be had as a file. */
  file?: TableFile;
};

const ROW_HEIGHT = 36;
const TALL_ROW_HEIGHT = 52;
/** Below this a browser draws every row faster than it scrolls a window. */
const DRAW_ALL = 120;
/** So many rows before the last those that follow are fetched. */
const AHEAD = 200;

/** The column that the rows are sorted by, and whether the most comes first. */
type Order = { id: string; down: boolean };

/** What the next press on a head does: figures begin with the most, all else with the first; the third time it is
 * as it came. */
function pressed<Row>(column: Column<Row>, order: Order | undefined): Order | undefined {
  const first = { id: column.id, down: column.figures ?? false };
  if (order?.id !== column.id) return first;
  return order.down === first.down ? { id: column.id, down: !first.down } : undefined;
}

/** The rows as they came, or sorted; equal ones stay as they came. */
function inOrder<Row>(rows: Row[], columns: Column<Row>[], order: Order | undefined): Row[] {
  const sort = columns.find(({ id }) => id === order?.id)?.sort;
  if (order === undefined || sort === undefined) return rows;
  return rows.toSorted((left, right) => (order.down ? sort(right, left) : sort(left, right)));
}

/** The table of every place: sorting, a head that stays, arrow keys, and only the rows in view drawn. Nothing is made
 * of a row that is not drawn, so that a hundred thousand may follow one another. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, onOpen, fill, stickyFirst, tall, empty, isChosen, onEnd, file } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const [order, setOrder] = useState<Order>();
  const sorted = useMemo(() => inOrder(rows, columns, order), [rows, columns, order]);
  const virtual = sorted.length > DRAW_ALL;
  const virtualizer = useVirtualizer({
    count: virtual ? sorted.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => (tall ? TALL_ROW_HEIGHT : ROW_HEIGHT),
    overscan: 12,
  });
  useArrowKeys(scroller, (index) => virtual && virtualizer.scrollToIndex(index));
  const items = virtualizer.getVirtualItems();
  const drawn = virtual
    ? items
        .flatMap((item) => sorted[item.index] ?? [])
        .map((row, at) => ({ row, index: (items[0]?.index ?? 0) + at }))
    : sorted.map((row, index) => ({ row, index }));
  const before = virtual ? (items[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const isAtEnd = (drawn.at(-1)?.index ?? -1) >= sorted.length - AHEAD;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, onEnd]);
  const hasFoot = columns.some((column) => column.foot !== undefined);

  if (rows.length === 0 && empty !== undefined) return empty;
  const scrolled = (
    <section
      ref={scroller}
      className={`${styles.scroller} ${fill ? styles.fill : ""}`}
      aria-label={label}
      tabIndex={0}
    >
      <table
        className={`${styles.table} ${stickyFirst ? styles.stickyFirst : ""} ${tall ? styles.tall : ""}`}
        aria-rowcount={sorted.length}
      >
        <thead>
          <tr>
            {columns.map((column) => {
              const by = order?.id === column.id ? order : undefined;
              return (
                <th
                  key={column.id}
                  scope="col"
                  className={`${column.figures ? styles.figures : ""} ${column.minor ? styles.minor : ""}`}
                  style={{ width: column.width }}
                  aria-sort={by && (by.down ? "descending" : "ascending")}
                >
                  {column.sort === undefined ? (
                    column.head
                  ) : (
                    <button
                      type="button"
                      className={styles.sorter}
                      onClick={() => setOrder(pressed(column, order))}
                    >
                      {column.head}
                      <span aria-hidden="true" className={styles.arrow}>
                        {by && (by.down ? "↓" : "↑")}
                      </span>
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr>
              <td colSpan={columns.length} style={{ height: before, padding: 0, border: 0 }} />
            </tr>
          )}
          {drawn.map(({ row, index }) => (
            <TableRow
              key={rowId(row)}
              row={row}
              index={index}
              columns={columns}
              chosen={isChosen?.(row) ?? false}
              {...(onOpen === undefined ? {} : { onOpen })}
            />
          ))}
          {after > 0 && (
            <tr>
              <td colSpan={columns.length} style={{ height: after, padding: 0, border: 0 }} />
            </tr>
          )}
        </tbody>
        {hasFoot && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={`${column.figures ? styles.figures : ""} ${column.minor ? styles.minor : ""}`}
                >
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
  if (file === undefined) return scrolled;
  return (
    <>
      {scrolled}
      <div className={`${styles.under} ${fill ? styles.fillUnder : ""}`}>
        <ExportTable label={label} file={file} />
      </div>
    </>
  );
}

type TableRowProps<Row> = {
  row: Row;
  index: number;
  columns: Column<Row>[];
  onOpen?: (row: Row) => void;
  chosen: boolean;
};

function TableRow<Row>({ row, index, columns, onOpen, chosen }: TableRowProps<Row>) {
  const open = onOpen === undefined ? undefined : () => onOpen(row);
  const opener = columns.find((column) => column.opens) ?? columns[0];
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 1}
      className={`${open === undefined ? "" : styles.opens} ${chosen ? styles.chosen : ""}`}
      onClick={(event) => {
        const target = event.target as HTMLElement;
        if (open !== undefined && target.closest("a, button, input, label") === null) open();
      }}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={`${column.figures ? styles.figures : ""} ${column.minor ? styles.minor : ""}`}
          style={{ maxWidth: column.width }}
        >
          {column === opener && open !== undefined ? (
            <button type="button" className={`plain ${styles.opener}`} onClick={open} data-nav tabIndex={-1}>
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}
