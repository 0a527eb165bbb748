// Every place of the sandbox workspace, light and dark, as the real window shows it. The day is fixed,
// so that the pictures change only when the program does.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { KEYS, Window } from "../driver.mjs";
import { sleep, until } from "../processes.mjs";

const FOLDER = process.env.TALLYPORT_SCREENSHOTS;
const TODAY = "2026-11-21";
const MONTH = "2026-10";
const SETTINGS = {
  seller: {
    name: "Northwind Sandbox Ltd",
    address: ["1 Harbour Street", "Dublin D02 X525", "Ireland"],
    tax_id: "IE 0000000XX",
    email: "accounts@northwind.example",
  },
  tax_rate: "23",
};

/** One that is well, one that is near its end and one that is over. */
const BUDGETS = [
  { name: "Everything", scope: { kind: "all" }, amount: "26000.00" },
  { name: "Platform", scope: { kind: "team", id: "Platform" }, amount: "9000.00", parent: 1 },
  { name: "Zoë Müller", scope: { kind: "person", id: "Zoë Müller" }, amount: "3000.00", parent: 1 },
  { name: "Jane Doe", scope: { kind: "person", id: "Jane Doe" }, amount: "1000.00", parent: 1 },
].map((budget) => ({ ...budget, thresholds: [{ percent: 80 }, { percent: 100 }, { percent: 100, on: "forecast" }] }));

async function json(window, path) {
  const answer = await window.invoke("api", { method: "GET", path: `/api/v1${path}`, body: null });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
}

/** The name of the picture, the place it shows, and the buttons that are pressed there. */
async function places(window) {
  const { people } = await json(window, "/people");
  const person = people.find(({ name }) => name === "Jane Doe");
  const { invoices } = await json(window, `/invoices?month=${MONTH}`);
  const issued = invoices.find((invoice) => invoice.state === "issued" && invoice.for.label === "Jane Doe");
  const { tenants } = await json(window, "/tenants");
  const tenant = tenants.find(({ name }) => name === "Acme Retail");
  const { periods } = await json(window, "/periods");
  const period = periods.find(({ current, period }) => current && period === MONTH);
  return [
    ["overview", "/"],
    ["costs", `/costs?from=2025-12-01&to=2026-11-30&by=service&interval=month`],
    ["costs-by-person", `/costs?from=${MONTH}-01&to=${MONTH}-31&by=person&interval=day`],
    ["charges", `/charges?from=${MONTH}-01&to=${MONTH}-31`],
    ["people", "/people"],
    ["person", `/people/${person.id}?month=${MONTH}`],
    ["teams", "/teams"],
    ["resources", "/resources"],
    ["rules", "/rules"],
    ["sharing", `/sharing?month=${MONTH}`],
    ["invoices", `/invoices?month=${MONTH}`],
    ["comparison", `/invoices/comparison?month=${MONTH}`],
    ["invoice", `/invoices/${issued.id}`],
    ["data", "/data"],
    ["period", `/data/period?${new URLSearchParams({ client: period.client, account: period.billing_account, period: MONTH })}`],
    ["reconciliation", `/reconciliation?month=${MONTH}`],
    ["budgets", "/budgets"],
    ["budget", "/budgets/1"],
    ["alerts", "/alerts"],
    ["alert-rules", "/alerts/rules"],
    ["channels", "/alerts/channels"],
    ["forecast", `/costs?from=2026-06-01&to=2026-11-30&by=service&interval=month&forecast=true`],
    ["unusual", "/costs?month=2026-11&by=service&interval=day", ["AmazonCloudWatch"]],
    ["tenants", "/tenants"],
    ["tenant-files", `/tenants/${tenant.id}`],
    ["tenant-users", `/tenants/${tenant.id}?show=users`],
    ["tenant-activity", `/tenants/${tenant.id}?show=activity`],
    ["tenant-usage", `/tenants/${tenant.id}?show=usage`],
    ["tenant-settings", `/tenants/${tenant.id}?show=settings`],
    ["price-books", "/price-books"],
    ["taxes", "/settings/taxes"],
    ["schedules", "/settings/schedules"],
    ["quarantine", "/quarantine"],
    ["why", `/costs?from=${MONTH}-01&to=${MONTH}-31&by=service&interval=none`, ["total:"]],
    ["clients", "/settings/clients"],
    ["source", "/settings/clients", ["Source…", "Find exports"]],
    ["settings", "/settings/workspace"],
  ];
}

/** Nothing moves and nothing is awaited any more. */
async function still(window) {
  let before = "";
  for (let quiet = 0; quiet < 4; ) {
    await sleep(250);
    const now = await window.execute(
      "return document.body.innerText + document.querySelectorAll('[aria-busy=true], .mantine-Skeleton-root').length",
    );
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

test("every place has its picture, light and dark", { timeout: 600_000 }, async () => {
  assert.ok(FOLDER, "TALLYPORT_SCREENSHOTS names the folder");
  const desktop = await Desktop.open();
  desktop.env.TALLY_TODAY = TODAY;
  // A popup would lie before the window.
  desktop.habits({ keep_running: false, quiet_until: Date.UTC(2100, 0) });
  let window;
  try {
    const workspace = join(desktop.home, "demo.tally");
    const tally = (...words) => desktop.run(process.env.TALLY_BIN, [...words, "--workspace", workspace]);
    tally("init", "--sandbox");
    tally("sync");
    const settings = JSON.parse(tally("api", "GET", "/api/v1/settings"));
    tally("api", "PUT", "/api/v1/settings", JSON.stringify({ ...settings, ...SETTINGS }));
    tally("invoices", "draft", "--month", MONTH);
    const drafts = JSON.parse(tally("invoices", "list", "--month", MONTH, "--json"));
    const issue = drafts.invoices.filter((draft) => ["Jane Doe", "Mei Tanaka", "Tom Becker"].includes(draft.for.label));
    for (const draft of issue) tally("invoices", "issue", String(draft.id));
    for (const budget of BUDGETS) tally("api", "POST", "/api/v1/budgets", JSON.stringify(budget));
    tally("api", "POST", "/api/v1/budgets/check");
    tally("sharing", "add", "team:Platform", "--method", "proportional", "--to", "team:Storefront", "--to", "person:Jane Doe",
      "--note", "The clusters are used by both");
    window = await Window.open(desktop, ["--workspace", workspace]);
    await window.find("nav a", "Costs");
    const ask = JSON.stringify({ month: MONTH, dry_run: false });
    await window.invoke("api", { method: "POST", path: "/api/v1/reconciliations", body: ask });
    await until("the month is reconciled", async () =>
      (await json(window, `/reconciliation?month=${MONTH}`)).clients.every(({ state }) => state !== "incomplete"));
    for (const scheme of ["light", "dark"]) {
      await window.execute("localStorage.setItem('mantine-color-scheme-value', arguments[0])", scheme);
      await window.execute("location.reload()");
      await sleep(1500);
      await window.find("nav a", "Costs");
      for (const [name, place, presses = []] of await places(window)) {
        await window.go(place);
        await still(window);
        for (const button of presses) {
          await window.press("button", button);
          await still(window);
        }
        await window.picture(join(FOLDER, `${name}-${scheme}.png`));
        if (presses.length > 0) {
          await window.keys(KEYS.escape);
          await window.gone("[role=dialog]");
        }
      }
    }
  } finally {
    await window?.close();
    await desktop.close();
  }
});
