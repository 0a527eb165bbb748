import type { Replies } from "../../src/host/fake";
import type { PriceBook, PriceEntry } from "../../src/host/wire";
import { byId } from "../watching/parts";

const entry = (part: Partial<PriceEntry>): PriceEntry => ({
  scope: { kind: "all", id: null, label: "" },
  service: null,
  from: null,
  to: null,
  kind: "markup",
  percent: null,
  tiers: null,
  amount: null,
  label: null,
  day: null,
  unit: null,
  every: null,
  rolls_over: null,
  ...part,
});

const books: PriceBook[] = [
  {
    id: 1,
    version: 3,
    name: "Standard",
    note: "Agreed with the board",
    currency: "USD",
    used_for: [{ kind: "all", id: null, label: "" }],
    entries: [
      entry({ percent: "10", from: "2026-01-01" }),
      entry({ scope: { kind: "team", id: 1, label: "Platform" }, service: "Amazon S3", percent: "-5" }),
      entry({
        kind: "tiers",
        tiers: [
          { up_to: "1000.00", percent: "12" },
          { up_to: null, percent: "8" },
        ],
      }),
      entry({ kind: "fee", label: "Support", amount: "65.00" }),
      entry({ kind: "minimum", amount: "50.00" }),
      entry({ kind: "credit", label: "Migration credit", amount: "500.00", every: "once", rolls_over: true }),
    ],
    changed_at: "2026-11-02T08:00:00Z",
    changed_by: "Ada Lovelace",
  },
];

const found = (id: string | undefined) => byId(books, id);

export const priced: Replies = {
  "GET /price-books": () => ({ books }),
  "GET /price-books/*": ({ matched }) => found(matched[0]),
  "POST /price-books": ({ body }) => ({ ...books[0], ...(body as object), id: 2 }),
  "PUT /price-books/*": ({ matched }) => found(matched[0]),
  "POST /price-books/*/preview": () => ({
    month: "2026-10",
    totals: [
      { currency: "USD", cost: "1700.00", charged_now: "1700.00", charged: "1935.00", margin: "235.00" },
    ],
    recipients: [
      {
        for: { kind: "person", id: 1, label: "Ada Lovelace" },
        currency: "USD",
        cost: "850.00",
        charged_now: "850.00",
        charged: "1000.00",
        margin: "150.00",
        book_now: null,
        lines: [
          {
            service: "Amazon EC2",
            resource: "i-0a1-web-prod",
            text: null,
            cost: "450.00",
            charged: "495.00",
            why: "Everyone: 10 % markup from Jan 1, 2026",
          },
        ],
      },
    ],
    warnings: ["No usage is measured yet, so prices per use add nothing."],
  }),
};
