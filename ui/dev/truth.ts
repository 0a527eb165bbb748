import type { Replies } from "../src/host/fake";
import { addMonths } from "../src/shared/days";

/** What the made-up company answers about its sources, its versions and what others say of them. */

const CLIENT = { client: "Northwind", billing_account: "210987654321" };

function version(id: number, period: string, part: object) {
  return {
    ...CLIENT,
    client_id: 1,
    billing_account_name: "northwind-payer",
    id,
    period,
    source: "focus",
    format: "FOCUS 1.2",
    status: "final",
    version: id,
    part: 1,
    file: null,
    files: [
      { name: `focus-00001-${id}.snappy.parquet`, bytes: 48_201_331, lines: 1_204_331 },
      { name: `focus-00002-${id}.snappy.parquet`, bytes: 31_877_002, lines: 812_006 },
    ],
    loaded_at: `2026-11-${String(id).padStart(2, "0")}T08:12:00Z`,
    lines: 2_016_337,
    charges: 41_207,
    stored_charges: 318,
    totals: [{ currency: "USD", billed: `4821${id}.77`, effective: "47110.10" }],
    current: true,
    counts: true,
    replaces: null,
    replaced_by: null,
    notes: id === 9 ? ["3 unknown columns were left out"] : [],
    skipped_rows: [],
    ...part,
  };
}

const versions = [
  version(9, "2026-10", { replaces: 3, version: 3, status: "corrected" }),
  version(6, "2026-10", { replaces: 1, version: 2, current: false, counts: false }),
  version(5, "2026-10", {
    source: "cost_explorer",
    version: 1,
    counts: false,
    files: [],
    status: "estimated",
  }),
  version(2, "2026-10", { version: 1, current: false, counts: false, status: "estimated" }),
  ...Array.from({ length: 11 }, (_, at) =>
    version(20 + at, addMonths("2026-09", -at), { loaded_at: "2026-11-02T08:12:00Z", version: 1 }),
  ),
];

const brief = {
  ...CLIENT,
  period: "2026-10",
  source: "focus",
  status: "final",
  version: 3,
  id: 9,
  loaded_at: "2026-11-09T08:12:00Z",
};

export const truth: Replies = {
  "GET /periods": () => ({ periods: versions }),
  "GET /periods/diff": ({ url }) => ({
    from: versions.find((one) => String(one.id) === url.searchParams.get("from")),
    to: versions.find((one) => String(one.id) === url.searchParams.get("to")),
    by: url.searchParams.get("by"),
    metric: url.searchParams.get("metric"),
    charges: { compared: "charges", same: 40_889, changed: 210, added: 96, removed: 12 },
    results: [
      {
        currency: "USD",
        before: "48216.77",
        after: "48219.77",
        change: "3.00",
        rows: [
          { key: "Amazon EC2", label: "Amazon EC2", before: "19000.00", after: "19420.50", change: "420.50" },
          { key: "Tax", label: "Tax", before: "0.00", after: "-417.50", change: "-417.50" },
        ],
      },
    ],
  }),
  "GET /why": ({ url }) => ({
    results: [
      {
        currency: "USD",
        amount: "18210.774412309",
        sources: [
          {
            version: brief,
            files: ["focus-00001-9.snappy.parquet", "focus-00002-9.snappy.parquet"],
            lines: 12_044,
            charges: 318,
            amount: "18210.774412309",
          },
        ],
        rules: [
          {
            rule: { id: 3, text: "tag owner = ada" },
            owner: { key: "person:1", label: "Ada Lovelace" },
            charges: 300,
            amount: "18000.00",
          },
          { rule: null, owner: null, charges: 18, amount: "210.774412309" },
        ],
        categories: [
          { category: "Usage", amount: "19000.00" },
          { category: "Credit", amount: "-789.225587691" },
        ],
      },
    ],
    notes: [{ code: "estimated", text: "One of the months is not final: AWS may still change it." }],
    reconciliation: [{ client: "Northwind", month: "2026-10", state: "explained" }],
    charges_query: url.search.slice(1),
  }),
  "GET /reconciliation": ({ url }) => ({
    month: url.searchParams.get("month"),
    clients: [
      {
        client: { id: 1, name: "Northwind" },
        billing_account: "210987654321",
        currency: "USD",
        figures: [
          {
            source: "ledger",
            amount: "48219.77",
            as_of: "2026-11-09T08:12:00Z",
            state: "final",
            text: "3 of 3 versions are final",
          },
          {
            source: "export",
            amount: "48219.77",
            as_of: "2026-11-09T08:12:00Z",
            state: "final",
            text: "2 files",
          },
          {
            source: "cost_explorer",
            amount: "48221.10",
            as_of: "2026-11-21T09:30:00Z",
            state: "final",
            text: "UnblendedCost, all charges",
          },
          {
            source: "invoice",
            amount: null,
            as_of: null,
            state: "unknown",
            text: "invoicing:ListInvoiceSummaries is not allowed",
          },
        ],
        differences: [
          {
            from: "export",
            to: "cost_explorer",
            amount: "1.33",
            parts: [
              { class: "rounding", amount: "0.02", text: "AWS rounds each service of each day" },
              { class: "unexplained", amount: "1.31", text: "No class of difference explains this" },
            ],
          },
        ],
        findings: [
          {
            kind: "missing_file",
            text: "The manifest names 3 files, 2 were loaded: focus-00003-9.snappy.parquet is missing.",
            amount: "1.31",
          },
        ],
        state: "unexplained",
      },
    ],
  }),
  "POST /reconciliations": () => ({
    requests: 3,
    price: "0.03",
    currency: "USD",
    calls: ["GetCostAndUsage 2026-10 by service", "ListInvoiceSummaries 2026-10"],
  }),
  "GET /quarantine": () => ({
    items: [
      {
        id: 1,
        ...CLIENT,
        period: "2026-10",
        currency: "USD",
        reason: "leap",
        day: null,
        expected: "47000.00",
        actual: "48219770.00",
        text: "The month is 1,026 times what the six months before make likely.",
        since: "2026-11-20T08:12:00Z",
        released: null,
      },
      {
        id: 2,
        ...CLIENT,
        period: "2026-03",
        currency: "USD",
        reason: "price",
        day: "2026-03-09",
        expected: "1.00",
        actual: "910.00",
        text: "Cost came without usage to match it.",
        since: "2026-04-02T08:12:00Z",
        released: { by: "ada", at: "2026-04-03T10:00:00Z", note: "A yearly fee; checked with AWS" },
      },
    ],
  }),
  "POST /sources/discover": () => ({
    account: "210987654321",
    arn: "arn:aws:sts::210987654321:assumed-role/finance-read/tallyport",
    exports: [
      {
        id: "arn:aws:bcm-data-exports:us-east-1:210987654321:export/focus",
        service: "bcm-data-exports",
        name: "focus-daily",
        kind: "focus",
        format: "parquet",
        bucket: "northwind-billing",
        prefix: "exports/focus",
        region: "eu-west-1",
        refresh: "SYNCHRONOUS",
        overwrite: true,
        status: "HEALTHY",
        usable: true,
        reason: null,
        used_by_connection: null,
      },
      {
        id: "arn:aws:cur:us-east-1:210987654321:definition/old",
        service: "cur",
        name: "old-report",
        kind: "cur",
        format: "csv",
        bucket: "northwind-billing",
        prefix: "cur",
        region: "eu-west-1",
        refresh: "DAILY",
        overwrite: false,
        status: "",
        usable: false,
        reason: "It names no resources: its report was made without resource ids.",
        used_by_connection: null,
      },
    ],
    missing_permissions: ["cur:DescribeReportDefinitions"],
    offer: {
      name: "tallyport-focus",
      bucket: "northwind-billing",
      prefix: "tallyport",
      kind: "focus",
      text: "AWS can write a FOCUS 1.2 export once a day. The export is free; its files cost what S3 charges for storing them.",
      monthly_price: "0.12",
      currency: "USD",
    },
  }),
};
