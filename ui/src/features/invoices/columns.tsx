import { Checkbox } from "@mantine/core";
import { IconEye, IconMailCheck, IconMailForward, IconMailX } from "@tabler/icons-react";
import type { InvoiceBrief } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import type { Column } from "../../shared/DataTable";
import { nameDay, nameMonthBriefly } from "../../shared/days";
import { compareAmounts } from "../../shared/money";
import { TwoLines } from "../../shared/TwoLines";
import styles from "./Invoices.module.css";
import { StateBadge } from "./states";

/** What is to be said of a row beneath the name: what kind of document it is comes first. */
function noticeOf({ id, kind, of, warnings }: InvoiceBrief, outliers: Outliers): string | null {
  if (kind === "credit_note") return `Credit note of ${of?.number ?? "an invoice"}`;
  const [first, ...others] = [...warnings, ...(outliers.get(id) ?? [])];
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}

const MAILS = {
  sent: { icon: IconMailCheck, words: "Sent to" },
  waiting: { icon: IconMailForward, words: "On its way to" },
  failed: { icon: IconMailX, words: "Could not be sent to" },
};

/** Whether and to whom it was sent. */
function Sent({ sent }: Pick<InvoiceBrief, "sent">) {
  if (sent === null) return null;
  const { icon: Icon, words } = MAILS[sent.state as keyof typeof MAILS] ?? MAILS.failed;
  const told = [`${words} ${sent.to.join(", ")}`, sent.error ?? []].flat().join(": ");
  return <Icon size={14} role="img" aria-label={told} title={told} />;
}

/** That something is unlike the months before, and why. */
export function StandsOut({ why }: { why: string | null }) {
  const told = `Stands out: ${why ?? ""}`;
  return <IconEye size={14} role="img" aria-label={told} title={told} />;
}

type Chosen = { ids: ReadonlySet<number>; toggle: (id: number) => void; all: () => void; every: boolean };

function choosing({ ids, toggle, all, every }: Chosen): Column<InvoiceBrief> {
  return {
    id: "chosen",
    width: 34,
    head: (
      <Checkbox
        aria-label="Choose all of these invoices"
        checked={every}
        indeterminate={!every && ids.size > 0}
        onChange={all}
      />
    ),
    cell: (invoice) => (
      <Checkbox
        aria-label={`Choose ${invoice.for.label}`}
        checked={ids.has(invoice.id)}
        onChange={() => toggle(invoice.id)}
      />
    ),
  };
}

/** Why documents stand out against the month before, by number. */
export type Outliers = ReadonlyMap<number, string[]>;

type Layout = {
  chosen: Chosen | undefined;
  /** Who may issue sees what is earned. */
  margin: boolean;
  /** Of all months instead of one. */
  overdue: boolean;
  outliers: Outliers;
};

export function columnsOf({ chosen, margin, overdue, outliers }: Layout): Column<InvoiceBrief>[] {
  const amount = (
    id: string,
    head: string,
    of: (invoice: InvoiceBrief) => string | null,
    more: Partial<Column<InvoiceBrief>> = {},
  ): Column<InvoiceBrief> => ({
    id,
    head,
    figures: true,
    sort: (left, right) => compareAmounts(of(left) ?? "0", of(right) ?? "0"),
    cell: (invoice) => {
      const figure = of(invoice);
      return figure === null ? (
        <span className="soft">–</span>
      ) : (
        <Amount amount={figure} currency={invoice.currency} />
      );
    },
    ...more,
  });
  const recipient: Column<InvoiceBrief> = {
    id: "for",
    head: "For",
    opens: true,
    sort: (left, right) => left.for.label.localeCompare(right.for.label),
    cell: (invoice) => (
      <span className={styles.recipient}>
        <TwoLines first={invoice.for.label} second={noticeOf(invoice, outliers)} />
      </span>
    ),
  };
  const state: Column<InvoiceBrief> = {
    id: "state",
    head: "State",
    sort: (left, right) => left.state.localeCompare(right.state),
    cell: (invoice) => (
      <span className={styles.state}>
        <StateBadge invoice={invoice} />
        {invoice.number !== null && (
          <span className={`soft figure ${styles.number}`}>
            {invoice.number}
            <Sent sent={invoice.sent} />
          </span>
        )}
      </span>
    ),
  };
  const due: Column<InvoiceBrief> = {
    id: "due",
    head: "Due",
    minor: true,
    sort: (left, right) => (left.due_on ?? "").localeCompare(right.due_on ?? ""),
    cell: (invoice) => (invoice.due_on === null ? "" : nameDay(invoice.due_on)),
  };
  if (overdue) {
    return [
      recipient,
      { id: "month", head: "Month", minor: true, cell: (invoice) => nameMonthBriefly(invoice.period) },
      due,
      state,
      amount("total", "Total", (invoice) => invoice.total, { minor: true }),
      amount("open", "Left to pay", (invoice) => invoice.open),
    ];
  }
  return [
    ...(chosen === undefined ? [] : [choosing(chosen)]),
    recipient,
    state,
    due,
    amount("previous", "Month before", (invoice) => invoice.previous_total, { minor: true }),
    amount("subtotal", "Net", (invoice) => invoice.subtotal, { minor: true }),
    {
      id: "change",
      head: <span title="Net, against the month before">Change</span>,
      figures: true,
      minor: true,
      cell: (invoice) => {
        const why = outliers.get(invoice.id);
        return (
          <span className={why === undefined ? undefined : styles.outlier}>
            {why !== undefined && <StandsOut why={why.join("; ")} />}
            <Change amount={invoice.subtotal} previous={invoice.previous_total} currency={invoice.currency} />
          </span>
        );
      },
    },
    ...(margin ? [amount("margin", "Margin", (invoice) => invoice.margin, { minor: true })] : []),
    amount("total", "Total", (invoice) => invoice.total),
  ];
}
