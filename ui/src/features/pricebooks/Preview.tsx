import { Alert, Drawer, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { PricedRecipient, PricePreview } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMonth } from "../../shared/days";
import { compareAmounts, formatMoney } from "../../shared/money";
import { Answer } from "../../shared/Waiting";
import styles from "./Books.module.css";
import { preview, type Whose } from "./load";

/** What all would be charged beside what they are charged now, and what is earned. */
export function PreviewTotals({ preview: { totals } }: { preview: PricePreview }) {
  if (totals.length === 0) return <p className="soft">Nobody had costs in this month.</p>;
  return totals.map(({ currency, cost, charged_now, charged, margin }) => (
    <dl key={currency} className={styles.totals}>
      <div>
        <dt>Cost</dt>
        <dd>
          <Amount amount={cost} currency={currency} />
        </dd>
      </div>
      <div>
        <dt>Charged now</dt>
        <dd>
          <Amount amount={charged_now} currency={currency} />
        </dd>
      </div>
      <div>
        <dt>By this book</dt>
        <dd>
          <Amount amount={charged} currency={currency} />
          <div className={styles.change}>
            <Change amount={charged} previous={charged_now} currency={currency} />
          </div>
        </dd>
      </div>
      <div>
        <dt>Margin</dt>
        <dd>
          <Amount amount={margin} currency={currency} />
        </dd>
      </div>
    </dl>
  ));
}

function figure(
  id: string,
  head: string,
  of: (row: PricedRecipient) => string,
  minor = false,
): Column<PricedRecipient> {
  return {
    id,
    head,
    figures: true,
    minor,
    sort: (left, right) => compareAmounts(of(left), of(right)),
    cell: (row) => <Amount amount={of(row)} currency={row.currency} />,
  };
}

const COLUMNS: Column<PricedRecipient>[] = [
  {
    id: "for",
    head: "For",
    sort: (left, right) => left.for.label.localeCompare(right.for.label),
    cell: (row) => <bdi>{row.for.label}</bdi>,
  },
  figure("cost", "Cost", (row) => row.cost, true),
  figure("now", "Charged now", (row) => row.charged_now, true),
  figure("charged", "By this book", (row) => row.charged),
  {
    id: "change",
    head: "Change",
    figures: true,
    cell: (row) => <Change amount={row.charged} previous={row.charged_now} currency={row.currency} />,
  },
  figure("margin", "Margin", (row) => row.margin, true),
  {
    id: "book",
    head: "Book now",
    minor: true,
    cell: (row) => row.book_now ?? <span className="soft">none</span>,
  },
];

/** The lines of one recipient, and why each has its price. */
function Why({ row, onClose }: { row: PricedRecipient | undefined; onClose: () => void }) {
  return (
    <Drawer
      opened={row !== undefined}
      onClose={onClose}
      size={620}
      title={row === undefined ? "" : `${row.for.label}: why this price`}
    >
      {row !== undefined && (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Line</Table.Th>
                <Table.Th ta="end">Cost</Table.Th>
                <Table.Th ta="end">Charged</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {row.lines.map((line) => (
                <Table.Tr key={`${line.service} ${line.resource} ${line.text} ${line.charged}`}>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>
                    {line.text ?? line.resource ?? line.service}
                    <div className="soft">
                      {line.text === null && line.resource !== null ? `${line.service}: ` : ""}
                      {line.why}
                    </div>
                  </Table.Td>
                  <Table.Td className="figure">
                    <Amount amount={line.cost} />
                  </Table.Td>
                  <Table.Td className="figure">
                    <Amount amount={line.charged} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th>All, {row.currency}</Table.Th>
                <Table.Th className="figure">{formatMoney(row.cost, row.currency)}</Table.Th>
                <Table.Th className="figure">{formatMoney(row.charged, row.currency)}</Table.Th>
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </Table.ScrollContainer>
      )}
    </Drawer>
  );
}

/** A month as the book would have charged it, beside how it is charged now. */
export function Preview({ book, month, whose }: { book: number; month: string; whose: Whose }) {
  const query = useQuery(preview(book, month, whose));
  const [open, setOpen] = useState<PricedRecipient>();
  const rows = useMemo(
    () =>
      (query.data?.recipients ?? []).toSorted((left, right) => compareAmounts(right.charged, left.charged)),
    [query.data],
  );
  return (
    <Answer query={query}>
      {(answer) => (
        <>
          <PreviewTotals preview={answer} />
          {answer.warnings.length > 0 && (
            <Alert color="yellow" mb="md" py={8} role="note">
              {answer.warnings.map((warning) => (
                <div key={warning}>{warning}</div>
              ))}
            </Alert>
          )}
          {rows.length > 0 && (
            <DataTable
              label={`${nameMonth(month)} by this book`}
              columns={COLUMNS}
              rows={rows}
              rowId={(row) => `${row.for.kind} ${row.for.id} ${row.currency}`}
              onOpen={setOpen}
            />
          )}
          <Why row={open} onClose={() => setOpen(undefined)} />
        </>
      )}
    </Answer>
  );
}
