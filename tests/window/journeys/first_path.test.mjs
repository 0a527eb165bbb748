// The whole first path in the real window, as a person goes it: a new workspace whose key goes into the
// keychain, a bill dropped from another window, totals, an owner, an invoice on the disk; and all of it is
// there after closing.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { KEYS, Window } from "../driver.mjs";
import { filesHolding } from "../files.mjs";
import { askForWorkspace, keepRecoveryKey } from "../first_run.mjs";
import { sleep, until } from "../processes.mjs";

const BILL = join(import.meta.dirname, "../../data/focus-sample/focus_sample.csv");
const OUTPUT = process.env.TALLYPORT_OUTPUT;
const ACCOUNT = "11353890204";

let desktop;
let window;
/** What the steps before a step found. */
const found = {};

before(async () => {
  desktop = await Desktop.open({ keychain: "unlocked" });
  window = await Window.open(desktop);
});

after(async () => {
  await window?.close();
  await desktop?.close();
});

/** A step of the journey; a failed one leaves a picture and what the program said. */
function step(name, go) {
  test(name, { timeout: 180_000 }, async () => {
    assert.equal(found.broken, undefined, "each step needs the one before");
    try {
      await go();
    } catch (error) {
      found.broken = name;
      const picture = join(OUTPUT, `${name.replaceAll(/\W+/g, "-")}.png`);
      await window?.picture(picture).catch(() => desktop.picture(picture));
      const said = window?.said.slice(-4000);
      throw new Error(`${error.message}\n--- a picture: ${picture}\n--- the program said:\n${said}`, { cause: error });
    }
  });
}

const workspaceFile = () => join(desktop.env.XDG_DATA_HOME, "tallyport/default.tally");

async function json(path, method = "GET", body = null) {
  const answer = await window.invoke("api", { method, path: `/api/v1${path}`, body });
  assert.ok(answer.status < 300, `${path}: ${answer.body}`);
  return JSON.parse(answer.body);
}

/** Asks on the command line, beside the open window. */
function tally(...words) {
  return JSON.parse(desktop.run(process.env.TALLY_BIN, [...words, "--json", "--workspace", workspaceFile()]));
}

const total = (costs) => costs.results.map(({ currency, total }) => `${total} ${currency}`);

step("a new workspace keeps its key in the keychain", async () => {
  await window.find("h1", "Welcome to Tallyport");
  await askForWorkspace(window, "Harbour Ltd");
  const recovery = await keepRecoveryKey(window);
  const keys = desktop.keysInKeychain();
  const envelope = readFileSync(`${workspaceFile()}.keys`, "utf8");
  assert.equal(keys.length, 1, "one workspace, one key");
  assert.ok(envelope.includes(keys[0].workspace), "it is kept under the workspace's id");
  assert.ok(keys[0].secret.length >= 32);
  assert.deepEqual(filesHolding(desktop.home, keys[0].secret), [], "the key lies nowhere on the disk");
  assert.deepEqual(filesHolding(desktop.home, recovery), [], "nor does the recovery key");
});

step("a script cannot have a file read that nobody offered", async () => {
  const refused = await window
    .invoke("import_paths", { paths: ["/etc/passwd"], client: null, add: false, skipBadRows: true })
    .catch((error) => error.refused);
  assert.equal(refused?.code, "import.not_offered");
  for (const foreign of ["plugin:fs|read_text_file", "plugin:shell|open", "plugin:dialog|open"]) {
    const denied = await window.invoke(foreign, { path: "/etc/passwd" }).catch((error) => error.refused);
    assert.match(String(denied), /not (allowed|found)|denied/i, `${foreign} is not to be had`);
  }
});

step("a bill dropped on the window is imported", async () => {
  const { x, y, width, height } = await window.place();
  const drag = await desktop.drop([BILL], { x: x + width / 2, y: y + height / 2 });
  await window.find("strong", "Drop to import");
  await drag.letGo();
  await window.find("section[role=dialog], [role=dialog]", "Import a bill");
  await window.press("[role=dialog] button", "Import", { exact: true });
  await window.find("section[aria-label=Tasks]", "Done", { within: 60_000 });
  found.periods = (await json("/periods")).periods.length;
  assert.ok(found.periods >= 3, "several providers and two billing periods");
});

step("the totals are those of the bill, in the window and on the command line", async () => {
  await window.go("/costs?from=2024-09-01&to=2024-09-30&by=provider&interval=none");
  for (const figure of ["18.01", "1.98", "0.30"]) await window.reads(figure);
  const inWindow = await json("/costs?month=2024-09&by=provider");
  const besides = tally("costs", "--month", "2024-09", "--by", "provider");
  const rows = (costs) => costs.results[0].rows.map(({ label, amount }) => [label, amount]);
  assert.deepEqual(rows(inWindow), rows(besides), "both doors give the same answer");
  assert.deepEqual(total(inWindow), total(besides));
  assert.deepEqual(total(await json("/costs?month=2024-10&by=provider")), ["0.24 USD"]);
});

step("an account is assigned to a person", async () => {
  await window.go("/people");
  await window.press("button", "Add a person");
  await window.type("[role=dialog] input", "Name", "Jane Doe");
  await window.press("[role=dialog] button", "Add", { exact: true });
  await window.find("td, [role=gridcell]", "Jane Doe");
  await window.go("/rules");
  await window.press("button", "New rule");
  await window.press("[role=dialog] label", "Account", { exact: true });
  await window.type("[role=dialog] input:not([type=radio])", "Account", ACCOUNT);
  await window.keys(KEYS.escape);
  if (!(await window.has("[role=dialog]", "New ownership rule"))) throw new Error("Escape closed the whole dialog");
  await window.press("[role=dialog] input", "Belongs to");
  await window.press("[role=option]", "Jane Doe");
  await window.press("[role=dialog] button", "Assign", { exact: true });
  await window.gone("[role=dialog]");
  const costs = await json("/costs?month=2024-09&by=person");
  found.jane = costs.results[0].rows.find(({ label }) => label === "Jane Doe")?.amount;
  assert.match(found.jane ?? "", /^13\.61648255/, "Jane Doe has what the account cost");
  assert.ok(costs.results[0].rows.some(({ key }) => key === "unowned"), "the rest is nobody's, and says so");
  await window.go("/people?month=2024-09");
  await window.reads("13.62");
});

step("an invoice is issued and lies on the disk", async () => {
  await window.go("/invoices?month=2024-09");
  await window.press("button", "Draft September 2024…");
  await window.press("[role=dialog] button", "Draft", { exact: true });
  await window.gone("[role=dialog]");
  await window.press("td, [role=gridcell]", "Jane Doe");
  await window.press("button", "Issue…");
  await window.press("[role=dialog] button", "Issue invoice");
  await window.gone("[role=dialog]");
  await window.press("button", "Save PDF");
  const dialog = await until("the save dialog is open", () =>
    desktop.hand("search", "--onlyvisible", "--name", "^Save$").trim());
  found.pdf = join(desktop.home, "invoice of Jane.pdf");
  await sleep(500);
  desktop.hand("windowfocus", "--sync", dialog.split("\n").at(-1));
  desktop.hand("key", "ctrl+a");
  desktop.hand("type", "--delay", "20", found.pdf);
  desktop.hand("key", "Return");
  await until("the file is there", () => existsSync(found.pdf));
  await window.reads("Saved as");
  const [invoice] = (await json("/invoices?month=2024-09&state=issued")).invoices;
  found.invoice = await json(`/invoices/${invoice.id}`);
  const text = desktop.run("pdftotext", ["-layout", found.pdf, "-"]);
  for (const words of [invoice.number, "Jane Doe", invoice.total]) {
    assert.ok(text.includes(words), `“${words}” stands on the paper:\n${text}`);
  }
  const left = readdirSync(desktop.home).filter((name) => name.endsWith(".part"));
  assert.deepEqual(left, [], "no half-written file is left");
});

step("closed and opened again, all is still there", async () => {
  await window.close();
  window = await Window.open(desktop);
  await window.find("nav a", "Costs");
  assert.equal((await json("/periods")).periods.length, found.periods);
  const costs = await json("/costs?month=2024-09&by=person");
  assert.equal(costs.results[0].rows.find(({ label }) => label === "Jane Doe")?.amount, found.jane);
  await window.go(`/invoices/${found.invoice.id}`);
  await window.reads(found.invoice.number);
  assert.deepEqual(await json(`/invoices/${found.invoice.id}`), found.invoice);
  assert.equal(tally("verify").ok, true, "and every check of the workspace holds");
});
