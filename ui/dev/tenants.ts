import type { Replies } from "../src/host/fake";
import type { Host } from "../src/host/host";
import type { Tenant, TenantFile, TenantUser, Transfer, UploadPreflight } from "../src/host/wire";
import { byId } from "./watching/parts";

const AT = "2026-11-02T08:00:00Z";

const tenant = (id: number, name: string, part: Partial<Tenant> = {}): Tenant => {
  const slug = name.toLowerCase().replaceAll(" ", "-");
  return {
    id,
    name,
    slug,
    client: "Northwind",
    connection: 1,
    assume_role: null,
    region: "eu-central-1",
    bucket: "northwind-sftp",
    prefix: `${slug}/`,
    key: "shared",
    state: "active",
    server: {
      id: "s-0123456789abcdef0",
      host: "s-0123456789abcdef0.server.transfer.eu-central-1.amazonaws.com",
      endpoint_type: "PUBLIC",
      addresses: "The server is public: AWS offers no way to keep addresses out.",
    },
    steps: ["server", "bucket", "role", "folder"].map((step) => ({
      step,
      state: "done",
      error: null,
      at: AT,
    })),
    users: 3,
    stored_bytes: 1_840_000_000_000,
    moved_bytes: 320_000_000_000,
    quota: { stored_bytes: null, moved_bytes: null, warn_percent: 80, stop: false },
    standing: "within",
    stopped: false,
    rotate_days: 365,
    isolation: null,
    created_at: AT,
    ...part,
  };
};

/** One that is well, one near its limit, one that could not be set up. */
export const tenants: Tenant[] = [
  tenant(1, "Acme Retail", {
    isolation: {
      at: AT,
      holds: true,
      attempts: [
        {
          who: "Acme Retail",
          what: "reads",
          target: "globex/a.txt",
          outcome: "refused",
          detail: "AccessDenied",
        },
        { who: "Acme Retail", what: "reads", target: "acme/a.txt", outcome: "allowed", detail: "" },
      ] as never,
    },
  }),
  tenant(2, "Globex Logistics", {
    stored_bytes: 650_000_000_000,
    quota: { stored_bytes: 700_000_000_000, moved_bytes: 1_000_000_000_000, warn_percent: 80, stop: true },
    standing: "near",
  }),
  tenant(3, "Initech Payroll", {
    state: "creating",
    server: null,
    users: 0,
    stored_bytes: 0,
    moved_bytes: 0,
    steps: [
      { step: "server", state: "done", error: null, at: AT },
      { step: "bucket", state: "failed", error: "The role may not create buckets: s3:CreateBucket.", at: AT },
    ],
  }),
];

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBVrmL1 ada@laptop";

const user = (name: string, part: Partial<TenantUser> = {}): TenantUser => ({
  name,
  role: "upload-only",
  state: "active",
  expires: null,
  expired: false,
  signs_in: true,
  applied: true,
  keys: [
    {
      fingerprint: "SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s",
      algorithm: "ssh-ed25519",
      bits: 256,
      comment: "ada@laptop",
      text: KEY,
      added_at: AT,
      overdue_days: null,
    },
  ],
  created_at: AT,
  ...part,
});

const users: TenantUser[] = [
  user("acme-import"),
  user("acme-auditor", { role: "read-only", expires: "2026-10-31", expired: true, signs_in: false }),
  user("acme-new", { keys: [], signs_in: false }),
];

export const file = (path: string, bytes: number): TenantFile => ({
  path,
  bytes,
  modified: AT,
});

const transfer = (id: number, part: Partial<Transfer>): Transfer => ({
  id,
  title: "Upload of 40 files to Acme Retail",
  direction: "up",
  tenant: 1,
  state: "running",
  priority: "usual",
  limit: null,
  started_by: "Ada Lovelace",
  files: 40,
  bytes: 4_000_000_000,
  walked: true,
  files_done: 12,
  bytes_done: 1_200_000_000,
  files_failed: 0,
  files_skipped: 0,
  clashes: 0,
  reason: null,
  created_at: AT,
  ended_at: null,
  ...part,
});

const transfers: Transfer[] = [
  transfer(3, { limit: 5_000_000 }),
  transfer(2, { state: "paused", title: "Upload of reports", clashes: 2 }),
  transfer(1, {
    state: "failed",
    files_failed: 1,
    reason: "The disk with orders.csv was taken away.",
    ended_at: AT,
  }),
];

export const holding: Replies = {
  "GET /tenants": () => ({ tenants }),
  "POST /tenants": ({ body }) => ({
    id: 41,
    kind: "tenants",
    title: `Set up ${(body as { name: string }).name}`,
    state: "running",
    done: 0,
    total: 4,
    unit: "steps",
    message: "",
    started_by: "Ada Lovelace",
    started_at: AT,
    ended_at: null,
    result: null,
    problem: null,
  }),
  "GET /tenants/*": ({ matched }) => byId(tenants, matched[0]),
  "POST /tenants/*/suspend": ({ matched }) => ({ ...byId(tenants, matched[0]), state: "suspended" }),
  "POST /tenants/*/reactivate": ({ matched }) => byId(tenants, matched[0]),
  "PUT /tenants/*/quota": ({ matched, body }) => ({ ...byId(tenants, matched[0]), quota: body }),
  "GET /tenants/*/removal": () => ({
    users: users.map(({ name }) => name),
    role: "tallyport-acme-retail",
    objects: 12_408,
    versions: 13_000,
    bytes: 1_900_000_000_000,
    unfinished: 2,
    key: null,
    key_pending_days: 30,
    server: false,
  }),
  "GET /tenants/*/users": () => ({ users }),
  "POST /tenants/*/users": ({ body }) => user((body as { name: string }).name),
  "PUT /tenants/*/users/*": ({ matched }) => user(matched[1] ?? ""),
  "DELETE /tenants/*/users/*": () => undefined,
  "POST /tenants/*/users/import": ({ url }) => ({
    applied: url.searchParams.get("dry_run") !== "true",
    rows: [
      { line: 2, name: "acme-import", action: "change", changes: ["may: upload becomes read"] },
      { line: 3, name: "acme-second", action: "add", changes: [] },
      { line: 4, name: "acme-new", action: "unchanged", changes: [] },
    ],
  }),
  "GET /tenants/*/drift": () => ({
    drifts: [{ part: "bucket", what: "public access", wanted: "blocked", found: "open" }],
  }),
  "GET /tenants/*/files": ({ url }) => {
    const prefix = url.searchParams.get("prefix") ?? "";
    return prefix === ""
      ? {
          folders: ["invoices/"],
          files: [file("orders.csv", 48_211), file("logo.png", 9_120)],
          continuation: null,
        }
      : { folders: [], files: [file(`${prefix}2026-10.pdf`, 81_200)], continuation: null };
  },
  "GET /tenants/*/files/leftovers": () => ({
    leftovers: [{ path: "2026/all.zip", begun: AT, parts: 12, bytes: 96_000_000_000 }],
    bytes: 96_000_000_000,
    currency: "USD",
    price: "2.06",
  }),
  "DELETE /tenants/*/files/leftovers": () => ({ count: 1 }),
  "DELETE /tenants/*/files": () => undefined,
  "GET /tenants/*/files/content": () => new Blob(["order,amount\n1,20.00\n"]),
  "GET /tenants/*/files/versions": () => ({
    versions: [
      { id: "v2", modified: AT, bytes: 48_211, is_latest: true },
      { id: "v1", modified: "2026-10-02T08:00:00Z", bytes: 40_000, is_latest: false },
    ],
  }),
  "POST /tenants/*/files/*": () => undefined,
  "GET /tenants/*/usage": () => ({
    days: ["2026-10-01", "2026-10-02"].map((day, at) => ({
      day,
      stored_bytes: 1_800_000_000_000 + at * 20_000_000_000,
      uploaded_bytes: 20_000_000_000,
      downloaded_bytes: 4_000_000_000,
      requests: 18_204,
      users: 3,
    })),
    bill: {
      until: "2026-10-02",
      measured_uploaded: 40_000_000_000,
      measured_downloaded: 8_000_000_000,
      billed_uploaded: 40_400_000_000,
      billed_downloaded: 8_000_000_000,
      residual: 400_000_000,
    },
  }),
  "GET /tenants/*/activity": () => ({
    sessions: [
      {
        id: "a1",
        user: "acme-import",
        address: "203.0.113.7",
        program: "SSH-2.0-OpenSSH_9.6",
        began: AT,
        ended: "2026-11-02T08:04:00Z",
      },
    ],
    transfers: [
      { user: "acme-import", path: "orders.csv", at: AT, bytes_in: 48_211, bytes_out: 0, is_whole: true },
      {
        user: "acme-auditor",
        path: "2026/all.zip",
        at: AT,
        bytes_in: 0,
        bytes_out: 9_000_000,
        is_whole: false,
      },
    ],
    failures: [{ user: "admin", address: "198.51.100.9", message: "No such user", at: AT }],
    unread: 2,
  }),
  "GET /transfers": () => ({ transfers }),
  "POST /transfers/*/*": () => transfers[0],
  "GET /transfers/*/files": () => ({
    files: [
      {
        file: 17,
        path: "2026/orders.csv",
        key: "acme-retail/2026/orders.csv",
        state: "failed",
        bytes: 48_211,
        code: "transfer.changed",
        reason:
          "it was written to after it was chosen, so that nothing of it was kept; tried again, it goes as it is then",
      },
    ],
  }),
  "POST /transfers/*/files/*/retry": () => transfers[0],
  "DELETE /transfers": () => ({ cleared: 1 }),
  "GET /transfer-limits": () => ({
    usual: null,
    zone: "Europe/Vienna",
    windows: [
      {
        days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
        from: "08:00",
        to: "18:00",
        limit: 1_000_000,
      },
    ],
  }),
  "PUT /transfer-limits": ({ body }) => body,
};

/** Files of this machine that can be sent: a small drop, or with `long` one of which much is to be said. */
export const carrying = (before: string): NonNullable<Host["carry"]> => ({
  pick: async () => ["orders.csv", "reports of May"].map((name) => ({ name, path: `/home/ada/${name}` })),
  lookAhead: async () => (before === "long" ? hindered : unhindered),
  upload: async () => transfer(3, {}),
  download: async () => transfer(4, { direction: "down" }),
});

const unhindered: UploadPreflight = {
  findings: [],
  files: 2,
  bytes: 48_300,
  more: false,
  lands: [
    { path: "orders.csv", key: "acme-retail/orders.csv", bytes: 48_211 },
    { path: "reports of May/a.txt", key: "acme-retail/reports of May/a.txt", bytes: 89 },
  ],
  clashes: [{ key: "acme-retail/orders.csv", bytes: 40_000, modified: null }],
  requests: 2,
  currency: "USD",
  price: "0.00001",
};

const DEEP = "a folder with a name as long as names may become ".repeat(4);

const hindered: UploadPreflight = {
  findings: [
    {
      weight: "stop",
      code: "transfer.denied",
      path: null,
      text: "s3:PutObject is missing on northwind-sftp: whoever set it up can allow it",
    },
    {
      weight: "stop",
      code: "transfer.quota",
      path: null,
      text: "these are 1.8 TB, and 50.0 GB may still be stored there",
    },
    ...["aux.txt", "con.csv", "nul", "prn.log", "com1.dat", "lpt1.txt"].map((name) => ({
      weight: "warning",
      code: "transfer.doubtful_name",
      path: `reports of May/${DEEP}/${name}`,
      text: "Windows keeps this name for a device",
    })),
    {
      weight: "note",
      code: "transfer.not_all_compared",
      path: null,
      text: "so much lies there that not all of it was compared; whatever is in the way is found when it is sent",
    },
  ],
  files: 20_000,
  bytes: 1_800_000_000_000,
  more: true,
  lands: Array.from({ length: 30 }, (_, at) => ({
    path: `reports of May/${at}.csv`,
    key: `acme-retail/reports of May/${at % 3 === 0 ? DEEP : ""}${at}.csv`,
    bytes: 90_000_000 + at,
  })),
  clashes: [{ key: "acme-retail/reports of May/4.csv", bytes: 4, modified: null }],
  requests: 225_000,
  currency: "USD",
  price: "1.125",
};
