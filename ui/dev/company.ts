import { fakeHost, type Replies } from "../src/host/fake";
import { addDays, addMonths, firstDay, lastDay } from "../src/shared/days";
import { billing } from "./billing";
import { seller } from "./billing/terms";
import { sharing } from "./sharing";
import { carrying, holding } from "./tenants";
import { truth } from "./truth";
import { atRisk, watching } from "./watching";

/** A small company for looking at pages and for unit tests. Integers of cents stand in for money. */
const SERVICES = [
  "Amazon EC2",
  "Amazon RDS",
  "Amazon S3",
  "AWS Lambda",
  "Amazon CloudFront",
  "Elastic Load Balancing",
  "AWS Support",
  "Tax",
];
const PEOPLE = [
  "Ada Lovelace",
  "Björn Ångström",
  "Chidi Okafor",
  "Dimitra Papadopoulou",
  "Eun-ji Kim",
  "Farah Haddad",
  "Grace Hopper",
  "Hugo Lefèvre",
];
const WORST = '<img src=x onerror="window.__ran=1">';

function cents(seed: number): number {
  return ((seed * 7919) % 9973) * ((seed % 7) + 1);
}
function money(value: number): string {
  const sign = value < 0 ? "-" : "";
  const whole = Math.abs(Math.round(value));
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, "0")}`;
}
const sum = (values: number[]) => values.reduce((left, right) => left + right, 0);

function columnsOf(from: string, to: string, interval: string) {
  const columns: { key: string; from: string; to: string }[] = [];
  if (interval === "day")
    for (let day = from; day <= to; day = addDays(day, 1)) columns.push({ key: day, from: day, to: day });
  if (interval === "month") {
    for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = addMonths(month, 1)) {
      columns.push({ key: month, from: firstDay(month), to: lastDay(month) });
    }
  }
  return columns;
}

function costs(url: URL) {
  const month = url.searchParams.get("month");
  const from = url.searchParams.get("from") ?? firstDay(month ?? "2026-10");
  const to = url.searchParams.get("to") ?? lastDay(month ?? "2026-10");
  const by = url.searchParams.get("by") ?? "service";
  const interval = url.searchParams.get("interval") ?? "none";
  const columns = columnsOf(from, to, interval);
  const names =
    by === "person" ? PEOPLE : by === "service" ? SERVICES : ["production", "staging", "sandbox", WORST];
  const rows = names.map((label, at) => {
    const cells = columns.map((_, column) =>
      label === "Tax" ? -cents(at + column) / 20 : cents(at * 31 + column * 3 + 11) / (at + 1),
    );
    const amount = columns.length > 0 ? sum(cells.map(Math.round)) : cents(at + 5) * 9;
    return {
      key: by === "person" ? `person:${at + 1}` : label,
      label,
      cells: cells.map(money),
      amount,
      previous: money(amount * 0.9 + at * 1500),
    };
  });
  if (by === "person")
    rows.push({
      key: "unowned",
      label: "Unowned",
      cells: columns.map(() => "12.00"),
      amount: 345_600,
      previous: "4000.00",
    });
  rows.sort((left, right) => right.amount - left.amount);
  const total = sum(rows.map((row) => row.amount));
  return {
    from,
    to,
    by,
    interval,
    columns,
    metric: url.searchParams.get("metric") ?? "billed",
    as_of: url.searchParams.get("as_of"),
    previous_from: null,
    previous_to: null,
    results: [
      {
        currency: "USD",
        rows: rows.map((row) => ({ ...row, amount: money(row.amount) })),
        total: money(total),
        column_totals: columns.map((_, at) =>
          money(sum(rows.map((row) => Number(row.cells[at] ?? 0) * 100))),
        ),
        previous_total: url.searchParams.get("compare") === null ? null : money(total * 0.93),
      },
    ],
    basis: [brief("2026-10")],
  };
}
const brief = (period: string) => ({
  client: "Northwind",
  billing_account: "210987654321",
  period,
  source: "cost_explorer",
  status: period === "2026-11" ? "estimated" : "final",
  version: 3,
  loaded_at: "2026-11-21T08:12:00Z",
});

const people = PEOPLE.map((name, at) => ({
  id: at + 1,
  name,
  email: `${name.split(" ")[0]?.toLowerCase()}@northwind.example`,
  team_ids: [(at % 3) + 1],
  archived: false,
}));
const teams = ["Platform", "Storefront", "Data"].map((name, at) => ({
  id: at + 1,
  name,
  client_id: null,
  archived: false,
  members: people
    .filter((_, index) => index % 3 === at)
    .map((person) => ({ person_id: person.id, name: person.name, from: null, to: null })),
}));
function charge(index: number) {
  const owned = index % 4 !== 0;
  return {
    id: index + 1,
    day: addDays("2026-10-01", index % 31),
    first_day: null,
    last_day: null,
    period: "2026-10",
    client: "Northwind",
    billing_account: "210987654321",
    account: { id: "111122223333", name: "production" },
    provider: "AWS",
    service: SERVICES[index % 6] ?? "",
    region: "eu-west-1",
    sku: "BoxUsage:m6i.large",
    description: index === 2 ? WORST : "$0.107 per On Demand Linux m6i.large Instance Hour",
    resource: `i-0${(index * 7919).toString(16).padStart(8, "0")}`,
    resource_name: index === 1 ? WORST : null,
    tags: { owner: "ada", env: "prod", [WORST]: WORST },
    category: "Usage",
    class: "Regular",
    quantity: "24.000",
    unit: "Hrs",
    lines: 24,
    billed: money(1_000_000 / (index + 1)),
    effective: money(900_000 / (index + 1)),
    list: money(1_000_000 / (index + 1)),
    contracted: money(1_000_000 / (index + 1)),
    currency: "USD",
    owner: owned ? { key: "person:1", label: "Ada Lovelace" } : null,
    rule: owned ? { id: 3, text: "tag owner = ada" } : null,
    source: {
      kind: "focus",
      file: "october.csv.gz",
      first_line: index + 2,
      last_line: index + 25,
      version: 3,
      loaded_at: "2026-11-02T08:12:00Z",
      status: "final",
    },
  };
}
const resource = (index: number) => ({
  resource: `i-0${(index * 7919).toString(16).padStart(8, "0")}`,
  name: index === 1 ? WORST : `web-${index}`,
  service: SERVICES[index % 5] ?? "",
  account: { id: "111122223333", name: "production" },
  region: "eu-west-1",
  tags: { owner: "ada", Name: `web-${index}` },
  amount: money(500_000 / (index + 1)),
  currency: "USD",
  owner: index % 3 === 0 ? null : { key: "person:1", label: "Ada Lovelace" },
});

export const replies: Replies = {
  ...truth,
  ...watching,
  ...sharing,
  ...billing,
  ...holding,
  "GET /session": () => ({
    user: "You",
    role: "super admin",
    permissions: ["read invoices", "issue invoices", "administer the workspace", "manage tenants"],
    now: new Date().toISOString(),
    workspace: {
      id: "0f3c",
      name: "Northwind Demo",
      demo: true,
      mark: "Demo data",
      zone: "Europe/Berlin",
      version: "0.1.0",
    },
  }),
  "GET /overview": () => ({
    month: "2026-10",
    periods: [brief("2026-10")],
    results: [
      {
        currency: "USD",
        total: "48210.77",
        previous_total: "44931.02",
        unowned: "3456.00",
        drivers: SERVICES.slice(0, 5).map((label, at) => ({
          key: label,
          label,
          amount: money(1_900_000 / (at + 1)),
          previous: money(1_700_000 / (at + 1) + at * 40_000),
        })),
        owners: PEOPLE.slice(0, 5).map((label, at) => ({
          key: `person:${at}`,
          label,
          amount: money(1_200_000 / (at + 1)),
          previous: money(1_250_000 / (at + 1)),
        })),
        days: columnsOf("2026-10-01", "2026-10-31", "day").map(({ key }, at) => ({
          day: key,
          amount: money(130_000 + cents(at + 3) * 1.1),
        })),
      },
    ],
    forecast: [
      {
        currency: "USD",
        method: "calendar",
        expected: "56400.00",
        low80: "52875.00",
        high80: "59925.00",
        low95: "49350.00",
        high95: "63450.00",
      },
    ],
    ...atRisk,
    attention: [
      { kind: "unowned", text: "$3,456.00 of October belongs to nobody", link: "/resources" },
      { kind: "drafts", text: "5 invoice drafts wait to be issued", link: "/invoices" },
    ],
  }),
  "GET /costs": ({ url }) => costs(url),
  "GET /charges": ({ url }) => {
    const offset = Number(url.searchParams.get("offset"));
    return {
      total_rows: 100_000,
      totals: [{ currency: "USD", amount: "118273.11" }],
      rows: Array.from({ length: 200 }, (_, at) => charge(offset + at)),
    };
  },
  "GET /values/*": ({ matched }) => ({
    values: (matched[0] === "tag-key" ? ["owner", "env", "Cost Centre"] : SERVICES).map((key) => ({
      key,
      label: key,
    })),
  }),
  "GET /resources": () => ({ total_rows: 84, rows: Array.from({ length: 84 }, (_, at) => resource(at)) }),
  "GET /people": () => ({ people }),
  "POST /people": ({ body }) => ({ id: 99, team_ids: [], archived: false, ...(body as object) }),
  "GET /people/*/statement": () => ({
    person: { id: 1, name: PEOPLE[0] },
    month: "2026-10",
    results: [
      {
        currency: "USD",
        total: "850.00",
        previous_total: "790.50",
        services: [
          ["Amazon EC2", "450.00", "410.00"],
          ["Amazon RDS", "280.00", "280.00"],
          ["Amazon S3", "120.00", "100.50"],
        ].map(([service = "", amount = "", previous = ""]) => ({
          service,
          amount,
          previous,
          resources: [{ resource: "i-0a1", name: "web-1", amount }],
        })),
      },
    ],
  }),
  "GET /teams": () => ({ teams }),
  "GET /rules": () => ({
    rules: ["ada", "bj*rn", "chidi"].map((value, at) => ({
      id: at + 1,
      position: at + 1,
      owner: { kind: "person", id: at + 1, key: `person:${at + 1}`, label: PEOPLE[at] },
      matchers: [{ kind: "tag", key: "owner", value }],
      from: at === 1 ? "2026-03-01" : null,
      to: null,
      note: at === 1 ? "Moved from Data" : null,
      text: `tag owner = ${value}`,
    })),
  }),
  "POST /rules/preview": () => ({
    charges: 318,
    amounts: [{ currency: "USD", amount: "1234.00" }],
    now_owned_by: [
      { key: "unowned", label: "Unowned", currency: "USD", amount: "1200.00" },
      { key: "2", label: PEOPLE[1], currency: "USD", amount: "34.00" },
    ],
  }),
  "GET /clients": () => ({
    clients: [
      {
        id: 1,
        name: "Northwind",
        archived: false,
        billing_accounts: [{ id: "210987654321", name: "northwind-payer" }],
        connections: [
          {
            id: 1,
            kind: "cost_explorer",
            name: "Payer",
            billing_account: "210987654321",
            access: {
              kind: "assume_role",
              base: { kind: "environment" },
              role_arn: "arn:aws:iam::210987654321:role/finance-read",
              external_id: null,
            },
            allocation_tag: "owner",
            last_sync: "2026-11-21T08:12:00Z",
            source: { kind: "cost_explorer" },
            monthly_request_cap: 500,
            requests_this_month: 132,
            left_behind: [],
          },
        ],
      },
    ],
  }),
  "POST /syncs": () => ({
    athena_up_to: null,
    plans: [
      {
        client: "Northwind",
        connection: "Payer",
        requests: 26,
        price: "0.26",
        currency: "USD",
        from: "2026-10-01",
        to: "2026-11-21",
        reason: "open days",
        calls: ["GetCostAndUsage 2026-10 …"],
      },
    ],
  }),
  "GET /jobs": () => ({ jobs: [] }),
  "GET /settings": () => ({
    name: "Northwind Demo",
    zone: "Europe/Berlin",
    seller,
    tax_rate: "20",
    payment_days: 30,
    invoice_series: "INV",
    credit_note_series: "CN",
    four_eyes: false,
    invoice_metric: "billed",
    import_memory_mib: 256,
    anomaly_alert_from: "100",
  }),
  "PUT /settings": ({ body }) => body,
  "POST /verify": () => ({
    ok: true,
    checks: [
      { name: "File", ok: true, detail: "Every page is whole." },
      { name: "Conservation", ok: true, detail: "Allocated and unowned add up to what was charged." },
    ],
  }),
};

/** `first_run` and `needs_passphrase` show what comes before a workspace is open. */
export function companyHost(before = "") {
  const door = { ...fakeHost(replies), carry: carrying(before) };
  // Names as long as anybody's: where does the page break?
  if (before === "long") {
    const send = async (request: Request) => {
      const answer = await door.send(request);
      const text = (await answer.text())
        .replaceAll("Ada Lovelace", `Ada Augusta King, Countess of Lovelace ${"née Byron ".repeat(8)}`)
        .replaceAll("Amazon EC2", `Amazon Elastic Compute Cloud ${"and much more ".repeat(9)}`)
        .replaceAll("Northwind", `Northwind${"trading".repeat(14)}`)
        .replaceAll("focus-0000", `focus-${"abcdefghij".repeat(9)}`);
      return new Response(text === "" ? null : text, answer);
    };
    return { ...door, send };
  }
  if (before !== "first_run" && before !== "needs_passphrase") return door;
  let state: "open" | typeof before = before;
  const told = async () => ({
    state,
    message: "The keychain does not hold the key of this workspace.",
    hint: null,
    workspace: "/home/you/northwind.tally",
  });
  return {
    ...door,
    gate: {
      state: told,
      unlock: async () => {
        state = "open";
        return told();
      },
      create: async (ask: { sandbox: boolean }) => {
        state = "open";
        return {
          recovery_key: ask.sandbox ? null : "7K3F-9QXW-2MND-VT6H-RB4C-8ZPA-JE5S-Y1G0-KW7D-3NXH-QF2M-T9CV",
        };
      },
      openFile: async () => null,
    },
  };
}
