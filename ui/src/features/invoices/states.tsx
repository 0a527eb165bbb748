import { Badge } from "@mantine/core";
import type { InvoiceBrief } from "../../host/wire";
import type { View } from "./search";

/** How an invoice stands, in words; the colour says no more than they do. */
const STATES: Record<string, { name: string; colour: string; view: View }> = {
  draft: { name: "Draft", colour: "yellow", view: "drafts" },
  approved: { name: "Approved", colour: "blue", view: "drafts" },
  issued: { name: "Issued", colour: "gray", view: "open" },
  partly_paid: { name: "Partly paid", colour: "gray", view: "open" },
  paid: { name: "Paid", colour: "teal", view: "settled" },
  credited: { name: "Credited", colour: "gray", view: "settled" },
};

export function nameState(state: string): string {
  return STATES[state]?.name ?? state;
}

/** The states of the invoices that are looked for there. */
export function statesOf(view: View): string[] {
  return Object.keys(STATES).filter((state) => STATES[state]?.view === view);
}

type Standing = Pick<InvoiceBrief, "state" | "overdue_days">;

export function StateBadge({ invoice: { state, overdue_days: late } }: { invoice: Standing }) {
  if (late !== null && late > 0) {
    return (
      <Badge color="red" c="inherit" title={`${nameState(state)}, and not paid in time`}>
        {late === 1 ? "1 day overdue" : `${late} days overdue`}
      </Badge>
    );
  }
  return (
    <Badge color={STATES[state]?.colour ?? "gray"} c="inherit">
      {nameState(state)}
    </Badge>
  );
}

/** `Invoice INV-2026-0001`, `Credit note CN-2026-0001`, `Draft for Ada`. */
export function nameDocument(
  invoice: Pick<InvoiceBrief, "kind" | "number"> & { for: { label: string } },
): string {
  const what = invoice.kind === "credit_note" ? "Credit note" : "Invoice";
  if (invoice.number !== null) return `${what} ${invoice.number}`;
  return invoice.kind === "credit_note"
    ? `Draft of a credit note for ${invoice.for.label}`
    : `Draft for ${invoice.for.label}`;
}
