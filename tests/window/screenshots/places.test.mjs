// Every place of the sandbox workspace, light and dark, as the real window shows it. The day is fixed,
// so that the pictures change only when the program does.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { Window } from "../driver.mjs";
import { sleep } from "../processes.mjs";

const FOLDER = process.env.TALLYPORT_SCREENSHOTS;
const TODAY = "2026-11-21";
const MONTH = "2026-10";

async function json(window, path) {
  const answer = await window.invoke("api", { method: "GET", path: `/api/v1${path}`, body: null });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
}

/** The name of the picture and the place it shows. */
async function places(window) {
  const { results } = await json(window, `/costs?month=${MONTH}&by=person`);
  const person = results[0].rows.find((row) => row.key.startsWith("person:"));
  const { people } = await json(window, "/people");
  const spender = people.find((one) => one.name === person?.label) ?? people[0];
  const { invoices } = await json(window, `/invoices?month=${MONTH}`);
  const issued = invoices.find((invoice) => invoice.state === "issued") ?? invoices[0];
  return [
    ["overview", "/"],
    ["costs", `/costs?month=${MONTH}&by=service`],
    ["costs-by-person", `/costs?month=${MONTH}&by=person&interval=day`],
    ["charges", `/charges?month=${MONTH}`],
    ["people", "/people"],
    ["person", `/people/${spender.id}?month=${MONTH}`],
    ["teams", "/teams"],
    ["resources", "/resources"],
    ["rules", "/rules"],
    ["invoices", `/invoices?month=${MONTH}`],
    ["invoice", `/invoices/${issued.id}`],
    ["data", "/data"],
    ["clients", "/settings/clients"],
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
  let window;
  try {
    const workspace = join(desktop.home, "demo.tally");
    const tally = (...words) => desktop.run(process.env.TALLY_BIN, [...words, "--workspace", workspace]);
    tally("init", "--sandbox");
    tally("sync");
    tally("invoices", "draft", "--month", MONTH);
    const drafts = JSON.parse(tally("invoices", "list", "--month", MONTH, "--json"));
    for (const draft of drafts.invoices.slice(0, 3)) tally("invoices", "issue", String(draft.id));
    window = await Window.open(desktop, ["--workspace", workspace]);
    await window.find("nav a", "Costs");
    for (const scheme of ["light", "dark"]) {
      await window.execute("localStorage.setItem('mantine-color-scheme-value', arguments[0])", scheme);
      await window.execute("location.reload()");
      await sleep(1500);
      await window.find("nav a", "Costs");
      for (const [name, place] of await places(window)) {
        await window.go(place);
        await still(window);
        await window.picture(join(FOLDER, `${name}-${scheme}.png`));
      }
    }
  } finally {
    await window?.close();
    await desktop.close();
  }
});
