import type { Replies } from "../../src/host/fake";
import type { ComparedInvoice, Invoice, InvoiceDelivery, InvoiceMessage, Job } from "../../src/host/wire";
import { byId } from "../watching/parts";
import { invoices } from "./invoices";

/** A piece of long work that has just begun. */
export const begun = (part: Partial<Job>): Job => ({
  id: 31,
  kind: "invoices.batch",
  title: "Issue invoices of October 2026",
  state: "running",
  done: 0,
  total: 2,
  unit: "invoices",
  message: "",
  started_by: "Ada Lovelace",
  started_at: "2026-11-21T08:00:00Z",
  ended_at: null,
  result: null,
  problem: null,
  ...part,
});

const became = (id: number, outcome: string, reason: string | null = null) => {
  const { for: owner, number, currency, total } = byId(invoices, String(id));
  return { for: owner, outcome, invoice: id, number, currency, total, reason };
};

/** What a batch came to that not all of it went well. */
export const ended = begun({
  state: "done",
  done: 3,
  total: 3,
  ended_at: "2026-11-21T08:00:09Z",
  result: {
    action: "issue",
    month: "2026-10",
    recipients: [
      became(1, "issued"),
      became(2, "issued"),
      became(5, "failed", "October is not final, and this workspace issues final months only."),
    ],
    totals: [{ currency: "USD", total: "2400.00", count: 2 }],
  } as never,
});

const attached = { name: "INV-2026-0001.pdf", media_type: "application/pdf", size: 48_211, hash: "ab12" };

const message: InvoiceMessage = {
  from: "Northwind Cloud GmbH <billing@northwind.example>",
  to: ["accounts@customer.example"],
  copy_to: ["archive@northwind.example"],
  reply_to: null,
  subject: "Invoice INV-2026-0001 of Northwind Cloud GmbH",
  text: "Dear Ada Lovelace,\n\nattached is our invoice INV-2026-0001 for October 2026.\n\nNorthwind Cloud GmbH",
  attachments: [attached],
  problem: null,
};

/** Given up once, then taken. */
export const deliveries: InvoiceDelivery[] = [
  {
    id: 12,
    to: ["accounts@customer.example"],
    subject: message.subject,
    state: "sent",
    attempts: 2,
    asked_by: "Ada Lovelace",
    created_at: "2026-11-03T08:00:00Z",
    next_attempt_at: null,
    sent_at: "2026-11-03T08:02:00Z",
    error: null,
    channel: "Finance",
    attachments: [attached],
  },
  {
    id: 11,
    to: ["nobody@customer.example"],
    subject: message.subject,
    state: "failed",
    attempts: 5,
    asked_by: "Ada Lovelace",
    created_at: "2026-11-02T08:00:00Z",
    next_attempt_at: null,
    sent_at: null,
    error: "550 5.1.1 There is no such mailbox.",
    channel: "Finance",
    attachments: [attached],
  },
];

const beside = (of: Pick<Invoice, "for" | "subtotal"> & { id: number | null }, before: string | null) => ({
  for: of.for,
  currency: "USD",
  basis: "invoices",
  invoice: of.id,
  now: of.id === null ? null : of.subtotal,
  before,
  change: "0.00",
  percent: null,
  outlier: false,
  why: null,
});

const compared: ComparedInvoice[] = [
  beside(byId(invoices, "1"), "940.00"),
  {
    ...beside(byId(invoices, "5"), "240.00"),
    change: "760.00",
    percent: "316.7",
    outlier: true,
    why: "Usually between $220.00 and $260.00",
  },
  {
    ...beside(
      { id: null, for: { kind: "person", id: 8, label: "Hugo Lefèvre" }, subtotal: "0.00" },
      "1200.00",
    ),
    change: "-1200.00",
    outlier: true,
    why: "Billed the month before, nothing now",
  },
];

export const batched: Replies = {
  "POST /invoices/batches": () => begun({}),
  "POST /jobs/*/cancel": () => begun({ done: 1, state: "cancelled" }),
  "POST /invoices/verify": () => begun({ id: 32, kind: "invoices.verify", title: "Prove all invoices" }),
  "GET /invoices/comparison": ({ url }) => ({
    month: url.searchParams.get("month"),
    before: "2026-09",
    rule: "What differs by more than a quarter and three times what is usual stands out.",
    rows: url.searchParams.get("for") === "people" ? compared : [],
  }),
  "GET /invoices/mailing": () => ({ channel: null, reply_to: null, copy_to: ["archive@northwind.example"] }),
  "PUT /invoices/mailing": ({ body }) => body,
  "GET /invoices/*/message": () => message,
  "GET /invoices/*/deliveries": () => ({ deliveries }),
  "POST /invoices/*/send": ({ body }) => ({ ...deliveries[0], ...(body as object), state: "waiting" }),
};
