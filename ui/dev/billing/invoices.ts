import type { Replies } from "../../src/host/fake";
import type { Invoice, InvoiceLine } from "../../src/host/wire";
import { byId } from "../watching/parts";
import { paper } from "./paper";

const line = (
  n: number,
  service: string,
  resource: string | null,
  cost: string,
  amount: string,
  margin: string,
) =>
  ({
    n,
    kind: "cost",
    service,
    resource,
    text: null,
    quantity: null,
    unit: null,
    unit_price: null,
    amount,
    exact: `${amount}1234`,
    cost,
    margin,
    credited: "0.00",
    tax: 0,
    why: "Platform: 10 % markup from Jan 1, 2026",
  }) satisfies InvoiceLine;

const LINES: InvoiceLine[] = [
  line(1, "Amazon EC2", "i-0a1-web-prod", "450.00", "495.00", "45.00"),
  line(2, "Amazon EC2", "i-0a2-web-prod", "280.00", "308.00", "28.00"),
  line(3, "Amazon S3", "logs-archive", "120.00", "132.00", "12.00"),
  {
    ...line(4, "", null, "0.00", "65.00", "65.00"),
    kind: "fee",
    text: "Support, as agreed",
    cost: null,
    margin: null,
    why: "Everyone: Support, $65.00 a month",
  },
];

const DRAFTED = { at: "2026-11-02T08:00:00Z", by: "Ada Lovelace", event: "drafted", text: null };

const draft = (id: number, label: string): Invoice => ({
  id,
  kind: "invoice",
  state: "draft",
  mark: "demo data",
  number: null,
  period: "2026-10",
  for: { kind: "person", id, label },
  currency: "USD",
  subtotal: "1000.00",
  tax: "200.00",
  tax_rate: "20",
  taxes: [{ category: "standard", rate: "20", base: "1000.00", tax: "200.00", reason: null }],
  total: "1200.00",
  paid: "0.00",
  open: "1200.00",
  cost: "850.00",
  margin: "150.00",
  previous_total: "940.00",
  drafted_at: DRAFTED.at,
  issued_on: null,
  due_on: null,
  due_days: 30,
  overdue_days: null,
  of: null,
  replaces: null,
  replaced_by: null,
  credits: [],
  purchase_order: null,
  note: null,
  metric: "billed",
  warnings: [],
  actions: ["approve", "change", "discard", "issue"],
  lines: LINES,
  history: [DRAFTED],
  payments: [],
  attachments: [],
  sent: null,
});

const issued = (id: number, label: string): Invoice => ({
  ...draft(id, label),
  state: "issued",
  number: `INV-2026-000${id}`,
  issued_on: "2026-11-02",
  due_on: "2026-12-02",
  actions: ["credit", "pay", "replace", "send"],
  history: [
    DRAFTED,
    { at: "2026-11-02T09:00:00Z", by: "Grace Hopper", event: "approved", text: null },
    { at: "2026-11-02T09:05:00Z", by: "Ada Lovelace", event: "issued", text: "INV-2026-0001" },
  ],
});

/** One in each state that an invoice can be in. */
export const invoices: Invoice[] = [
  issued(1, "Ada Lovelace"),
  {
    ...issued(2, "Björn Ångström"),
    state: "partly_paid",
    paid: "400.00",
    open: "800.00",
    purchase_order: "PO-4711",
    payments: [
      {
        n: 1,
        day: "2026-11-09",
        amount: "400.00",
        reference: "SEPA 88123",
        recorded_by: "Ada Lovelace",
        recorded_at: "2026-11-10T08:00:00Z",
        removed: null,
      },
    ],
    attachments: [
      {
        n: 1,
        name: "time sheet.pdf",
        size: 48_211,
        media_type: "application/pdf",
        hash: "ab12",
        added_by: "Ada Lovelace",
        added_at: "2026-11-10T08:00:00Z",
      },
    ],
  },
  { ...issued(3, "Chidi Okafor"), due_on: "2026-11-10", overdue_days: 12 },
  draft(4, "Dimitra Papadopoulou"),
  {
    ...draft(5, "Eun-ji Kim"),
    previous_total: "240.00",
    warnings: ["October is still estimated: its bill may change"],
  },
  { ...draft(6, "Farah Haddad"), state: "approved", actions: ["issue", "withdraw"] },
  {
    ...issued(7, "Grace Hopper"),
    state: "paid",
    paid: "1200.00",
    open: "0.00",
    actions: ["credit", "replace", "send"],
    sent: { state: "sent", to: ["accounts@customer.example"], at: "2026-11-03T08:02:00Z", error: null },
  },
  {
    ...issued(8, "Hugo Lefèvre"),
    state: "credited",
    actions: [],
    credits: [{ id: 9, number: "CN-2026-0001", total: "1200.00", issued_on: "2026-11-05" }],
  },
  {
    ...issued(9, "Hugo Lefèvre"),
    kind: "credit_note",
    number: "CN-2026-0001",
    of: { id: 8, number: "INV-2026-0008" },
    due_on: null,
    actions: [],
  },
];

const found = (id: string | undefined) => byId(invoices, id);

const RESTATED = {
  for: { kind: "person", id: 1, label: "Ada Lovelace" },
  currency: "USD",
  billed: "850.00",
  now: "835.00",
  difference: "-15.00",
  lines: [{ service: "Amazon EC2", resource: "i-0a1-web-prod", difference: "-15.00" }],
  credits: [
    {
      invoice: { id: 1, number: "INV-2026-0001" },
      amount: "16.50",
      lines: [{ service: "Amazon EC2", resource: "i-0a1-web-prod", amount: "16.50" }],
    },
  ],
};

export const billed: Replies = {
  "GET /invoices": ({ url: { searchParams: asked } }) => {
    const sought = asked.get("search")?.toLowerCase() ?? "";
    const all = invoices.filter(
      ({ for: { label }, number, overdue_days }) =>
        `${label} ${number ?? ""}`.toLowerCase().includes(sought) &&
        (asked.get("overdue") !== "true" || overdue_days !== null),
    );
    const states = asked.getAll("state");
    const chosen = all.filter(({ state }) => states.length === 0 || states.includes(state));
    const by_state = Object.fromEntries(
      all.map(({ state }) => [state, all.filter((one) => one.state === state).length]),
    );
    return { invoices: chosen, total: chosen.length, by_state };
  },
  "GET /invoices/restatements": () => ({ restatements: [RESTATED] }),
  "GET /invoices/statement": ({ url }) => ({
    for: { kind: "person", id: 1, label: "Ada Lovelace" },
    from: url.searchParams.get("from"),
    to: url.searchParams.get("to"),
    results: [
      {
        currency: "USD",
        opening: "0.00",
        closing: "800.00",
        rows: [
          {
            day: "2026-11-02",
            kind: "invoice",
            id: 1,
            number: "INV-2026-0001",
            text: null,
            debit: "1200.00",
            credit: null,
            balance: "1200.00",
          },
          {
            day: "2026-11-09",
            kind: "payment",
            id: 1,
            number: "INV-2026-0001",
            text: "SEPA 88123",
            debit: null,
            credit: "400.00",
            balance: "800.00",
          },
        ],
      },
    ],
  }),
  "GET /invoices/*/pdf": ({ matched }) => {
    const { kind, number, for: owner, total } = found(matched[0]);
    return paper([`${kind} ${number ?? "draft"}`, owner.label, `Total ${total}`]);
  },
  "GET /invoices/*": ({ matched }) => found(matched[0]),
  "POST /invoices/drafts": () => ({ invoices: [], nothing: [] }),
  "POST /invoices/*/*": ({ matched }) => found(matched[0]),
  "PUT /invoices/*": ({ matched }) => found(matched[0]),
};
