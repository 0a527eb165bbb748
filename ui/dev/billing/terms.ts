import type { Replies } from "../../src/host/fake";
import type { Buyer, ExchangeRate, Party, TaxRule, TaxTable } from "../../src/host/wire";

const place = {
  address: ["Hafenstraße 12"],
  post_code: "20457",
  city: "Hamburg",
  region: null,
  legal_id: "HRB 4711",
  email: "billing@northwind.example",
  phone: null,
  endpoint: null,
};

export const seller: Party = {
  ...place,
  name: "Northwind Cloud GmbH",
  country: "DE",
  tax_id: "DE123456789",
  iban: "DE89370400440532013000",
  bic: "COBADEFFXXX",
  bank: "Commerzbank",
};

const buyers: Buyer[] = [
  {
    id: "team:1",
    of: { kind: "team", id: 1, label: "Platform" },
    ...place,
    name: "Platform Ltd",
    country: "GB",
    tax_id: "GB123456789",
    invoice_emails: ["invoices@platform.example"],
    purchase_order: "PO-4711",
    payment_days: 14,
    language: "en",
    currency: "GBP",
    electronic: "factur_x",
    tax: null,
  },
  {
    id: "person:6",
    of: { kind: "person", id: 6, label: "Farah Haddad" },
    ...place,
    name: "شركة فرح حداد",
    country: "AE",
    tax_id: null,
    invoice_emails: [],
    purchase_order: null,
    payment_days: null,
    language: null,
    currency: null,
    electronic: null,
    tax: { category: "export", reason: null },
  },
];

const tables: TaxTable[] = [
  {
    country: "DE",
    own: true,
    source: "European Commission, VAT rates",
    checked_on: "2026-01-15",
    rates: [
      { region: null, category: "standard", percent: "16", from: "2020-07-01", to: "2020-12-31" },
      { region: null, category: "standard", percent: "19", from: "2021-01-01", to: null },
      { region: null, category: "reduced", percent: "7", from: "2021-01-01", to: null },
    ],
  },
];

const rules: TaxRule[] = [
  { service: "AWS Support*", kind: null, category: "reduced", reason: null },
  { service: null, kind: "fee", category: "exempt", reason: "Exempt under section 4 no. 8 of the VAT act" },
];

const rates: ExchangeRate[] = [
  { from: "EUR", to: "USD", rate: "1.0842", day: "2026-10-31", source: "European Central Bank" },
];

export const agreed: Replies = {
  "GET /buyers": () => ({ buyers }),
  "PUT /buyers/*": ({ body }) => ({ ...buyers[0], ...(body as object) }),
  "DELETE /buyers/*": () => undefined,
  "GET /settings/letterhead": () => ({ language: "en", paper: "a4", brand: "#174069", logo: null }),
  "PUT /settings/letterhead": ({ body }) => ({ ...(body as object), logo: null }),
  "GET /tax-tables": () => ({ tables }),
  "PUT /tax-tables/*": ({ body }) => ({ ...tables[0], ...(body as object) }),
  "GET /tax-rules": () => ({ rules }),
  "PUT /tax-rules": ({ body }) => body,
  "GET /exchange-rates": () => ({ rates }),
  "POST /exchange-rates": () => ({ added: 1, changed: 0, unchanged: 0 }),
  "DELETE /exchange-rates": () => undefined,
  "DELETE /tax-tables/*": () => undefined,
};
