import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { focusBill } from "./bill";
import { Program } from "./program";
import { goTo, watch } from "./watch";

const HAND_PICKED = [
  "<img src=x onerror=\"window.__ran='img'\">",
  "<script>window.__ran='script'</script>",
  '"><svg onload="window.__ran=\'svg\'">',
  "javascript:window.__ran='link'",
  "<iframe srcdoc=\"<script>parent.__ran='frame'</script>\"></iframe>",
  "{{constructor.constructor('window.__ran=1')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the payload
  "${window.__ran='template'}",
  "<a href=\"javascript:window.__ran='a'\">x</a>",
  "</title><style>*{display:none}</style>",
  '=HYPERLINK("http://evil.example","x")',
  "Robert'); DROP TABLE charge;--",
  "‮txt.exe",
];

const ELEMENTS = [
  "img src=x",
  "svg",
  "video src=x",
  "input autofocus",
  "details open",
  "iframe src=x",
  "object data=x",
];
const EVENTS = ["onerror", "onload", "onfocus", "ontoggle", "onmouseover"];
const OPENINGS = ["", '">', "'>", "</textarea>"];

/** Every element with every event out of every context: 140, which makes 152 with those above. */
function generated(): string[] {
  const made = [];
  for (const opening of OPENINGS)
    for (const element of ELEMENTS)
      for (const event of EVENTS) made.push(`${opening}<${element} ${event}="window.__ran='${event}'">`);
  return made;
}

/** A tenth by default; all of them where the long form is asked for. */
const PAYLOADS = process.env.TALLY_PAYLOADS === "all" ? [...HAND_PICKED, ...generated()] : HAND_PICKED;

const program = new Program();
let address = "";
/** An invoice with a number, for the person of the first payload, from a seller of such names. */
let issued = 0;

/** The running month, as a bill says it; five dollars on its first day. */
function thisMonth(): Record<string, string> {
  const month = (ahead: number) => {
    const today = new Date();
    return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, 1))
      .toISOString()
      .slice(0, 10);
  };
  return {
    BillingPeriodStart: `${month(0)} 00:00:00`,
    BillingPeriodEnd: `${month(1)} 00:00:00`,
    ChargePeriodStart: `${month(0)} 00:00:00`,
    ChargePeriodEnd: `${month(0).slice(0, 8)}02 00:00:00`,
    BilledCost: "5.00",
  };
}

const send = (path: string, body: object) =>
  program.run("api", "POST", `/api/v1${path}`, JSON.stringify(body));

test.beforeAll(async () => {
  test.setTimeout(600_000);
  program.run("init");
  const bill = join(program.folder, "hostile.csv");
  writeFileSync(
    bill,
    focusBill(
      PAYLOADS.map((payload, at) => ({
        ServiceName: payload,
        ResourceId: payload,
        ResourceName: payload,
        RegionId: payload,
        RegionName: payload,
        SubAccountName: payload,
        SubAccountId: `111122223${String(at).padStart(3, "0")}`,
        ChargeDescription: payload,
        ProviderName: payload,
        Tags: JSON.stringify({ [payload]: payload, owner: payload }),
      })),
    ),
  );
  program.run("import", bill);
  for (const [at, payload] of PAYLOADS.entries()) {
    program.run("people", "add", payload, "--email", `p${at}@example.com`);
    program.run("teams", "add", payload);
  }
  program.run("rules", "add", "--owner", `person:${PAYLOADS[0]}`, "--tag", `owner=${PAYLOADS[0]}`);
  for (const payload of PAYLOADS) {
    send("/budgets", {
      name: payload,
      scope: { kind: "service", value: payload },
      amount: "1.00",
      thresholds: [{ percent: 100 }],
      note: payload,
    });
    send("/channels", {
      kind: "mail",
      name: payload,
      settings: {
        host: "localhost",
        port: 25,
        security: "none",
        from: "a@example.com",
        to: ["b@example.com"],
      },
    });
  }
  send("/budgets", {
    name: "Tag",
    scope: { kind: "tag", key: PAYLOADS[0], value: PAYLOADS[0] },
    amount: "1",
  });
  // Each of them is passed at once, and told of.
  const now = join(program.folder, "now.csv");
  writeFileSync(now, focusBill(PAYLOADS.map((ServiceName) => ({ ServiceName, ...thisMonth() }))));
  program.run("import", now);
  send("/budgets/check", {});
  const settings = program.ask("GET", "/settings");
  const [name, address1, taxId] = PAYLOADS;
  const seller = { name, address: [address1], tax_id: taxId, email: "seller@example.com" };
  program.ask("PUT", "/settings", { ...settings, seller });
  program.run("invoices", "draft", "--month", "2024-09");
  const drafts = JSON.parse(program.run("invoices", "list", "--month", "2024-09", "--json"));
  program.run("invoices", "issue", String(drafts.invoices[0].id));
  issued = drafts.invoices[0].id;
  address = await program.serve();
});
test.afterAll(() => program.end());

/** What ran that should not have. */
const ran = (page: Page) => page.evaluate(() => (window as unknown as { __ran?: string }).__ran);

test("names with scripts in them are text on every page", async ({ page }) => {
  test.setTimeout(180_000);
  const seen = await watch(page);
  await page.goto(address);
  const month = "from=2024-09-01&to=2024-09-30";
  const paths = [
    "/",
    ...["service", "person", "team", "account", "region", "provider", "category", "tag:owner"].map(
      (by) => `/costs?${month}&by=${encodeURIComponent(by)}&interval=day`,
    ),
    `/costs?${month}&by=service&interval=none`,
    `/charges?${month}`,
    `/charges?${month}&row=0`,
    `/charges?${month}&row=1`,
    "/people",
    "/people/1",
    "/teams",
    "/teams?team=1",
    "/resources",
    `/resources?search=${encodeURIComponent(PAYLOADS[1] ?? "")}`,
    "/rules",
    "/invoices?month=2024-09",
    `/invoices/${issued}`,
    "/data",
    `/data/period?client=Default&account=999988887777&period=2024-09`,
    "/reconciliation?month=2024-09",
    "/quarantine",
    "/budgets",
    "/budgets?month=2024-09",
    "/budgets/1",
    "/budgets/1?edit=true",
    `/budgets/${PAYLOADS.length + 1}`,
    "/alerts",
    "/alerts?state=all",
    "/alerts/rules",
    "/alerts/channels",
    "/alerts/log",
    `/costs?${month}&by=service&interval=day&forecast=true`,
    "/settings/clients",
    "/settings/schedules",
    "/settings",
    `/costs?service=${encodeURIComponent(JSON.stringify([PAYLOADS[0]]))}`,
  ];
  for (const path of paths) {
    await goTo(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const chart = page.getByRole("img", { name: /table holds the same/ }).first();
    if (await chart.isVisible()) await chart.hover({ position: { x: 300, y: 100 }, force: true });
    expect(await ran(page), `on ${path}`).toBeUndefined();
  }
  await goTo(page, "/alerts");
  await expect(page.getByText(PAYLOADS[1] ?? "").first()).toBeVisible();
  await goTo(page, `/invoices/${issued}`);
  const paper = page.getByRole("article", { name: /^Invoice / });
  await expect(paper).toContainText(PAYLOADS[0] ?? "");
  await expect(paper).toContainText(PAYLOADS[1] ?? "");
  const first = encodeURIComponent(JSON.stringify([PAYLOADS[0]]));
  await goTo(page, `/costs?${month}&by=service&interval=none&service=${first}`);
  await expect(page.getByText(PAYLOADS[0] ?? "", { exact: true }).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("script");
  await page.waitForTimeout(600);
  expect(await ran(page)).toBeUndefined();
  expect(seen.complaints).toEqual([]);
});

/** What the window's shell answers before a workspace is open, with `payload` wherever a name may stand. */
async function playShell(page: Page, state: string, payload: string): Promise<void> {
  await page.addInitScript(
    ([state, payload]) => {
      const told = { state, message: payload, hint: payload, workspace: `/home/${payload}.tally` };
      const problem = { code: "key.wrong", title: payload, detail: payload, hint: payload, status: 403 };
      const answers: Record<string, () => unknown> = {
        workspace_state: () => told,
        open_workspace: () => ({ ...told, state: "broken" }),
        create: () => ({ recovery_key: payload }),
        unlock: () => {
          throw problem;
        },
      };
      let callbacks = 0;
      Object.assign(window, {
        __TAURI_INTERNALS__: {
          invoke: async (command: string) => answers[command]?.(),
          transformCallback: () => ++callbacks,
          metadata: { currentWebview: { label: "main" }, currentWindow: { label: "main" } },
        },
      });
    },
    [state, payload] as const,
  );
}

for (const state of ["first_run", "broken", "needs_passphrase"]) {
  test(`names with scripts in them are text before a workspace is open: ${state}`, async ({ browser }) => {
    test.setTimeout(600_000);
    for (const payload of PAYLOADS) {
      const page = await browser.newPage();
      const seen = await watch(page);
      await playShell(page, state, payload);
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      if (state === "needs_passphrase") {
        await page.getByLabel("Passphrase or recovery key").fill(payload);
        await page.getByRole("button", { name: "Open", exact: true }).click();
        await expect(page.getByRole("alert").filter({ hasText: "key.wrong" })).toContainText(payload);
      } else {
        if (state === "broken") await expect(page.getByText(payload, { exact: true }).first()).toBeVisible();
        await page.getByRole("button", { name: /^Open file…/ }).click();
        await expect(page.getByText(payload, { exact: true }).first()).toBeVisible();
        await page.getByRole("button", { name: /^New workspace/ }).click();
        await page.getByRole("textbox", { name: "Name" }).fill(payload);
        await page.getByRole("button", { name: "Create workspace" }).click();
        await expect(page.getByTestId("recovery-key")).toHaveText(payload);
      }
      expect(await ran(page), payload).toBeUndefined();
      expect(seen.complaints).toEqual([]);
      await page.close();
    }
  });
}

test("a filter is a value and never a question of its own", async ({ page }) => {
  await page.goto(address);
  const sql = encodeURIComponent(JSON.stringify(["x' OR '1'='1", 'x"; DELETE FROM charge; --']));
  for (const filter of ["service", "account", "region", "resource", "provider", "category"]) {
    await goTo(page, `/costs?from=2024-09-01&to=2024-09-30&${filter}=${sql}`);
    await expect(
      page.getByRole("heading", { name: "Nothing was spent here" }).or(page.getByRole("alert")),
    ).toBeVisible();
  }
  await goTo(page, "/costs?from=2024-09-01&to=2024-09-30&by=category&interval=none&compare=false");
  await expect(page.getByRole("region", { name: /Costs by category/ })).toContainText(
    (1.25 * PAYLOADS.length).toFixed(2),
  );
});
