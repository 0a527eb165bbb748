// The end of a month in the real window: fifty people are billed in one go, their invoices looked at, issued
// and sent, one is paid and one credited; and `tally invoices verify` finds all of it right.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { Window } from "../driver.mjs";
import { openPost } from "../post.mjs";
import { until } from "../processes.mjs";

const OUTPUT = process.env.TALLYPORT_OUTPUT;
const [TODAY, MONTH, MONTH_NAME] = ["2026-11-21", "2026-10", "October 2026"];
const PEOPLE = 50;

let desktop;
let window;
let post;
/** What the steps before a step found. */
const found = {};

const workspace = () => join(desktop.home, "company.tally");
const tally = (...words) => desktop.run(process.env.TALLY_BIN, [...words, "--workspace", workspace()]);
const ask = (method, path, body) =>
  JSON.parse(tally("api", method, `/api/v1${path}`, ...(body === undefined ? [] : [JSON.stringify(body)])));
const invoices = () => ask("GET", `/invoices?month=${MONTH}`).invoices;
const picture = (name) => window.picture(join(OUTPUT, `closing-${name}.png`));

before(async () => {
  desktop = await Desktop.open({ keychain: "none" });
  desktop.env.TALLY_TODAY = TODAY;
  desktop.habits({ keep_running: false, quiet_until: Date.UTC(2100, 0) });
  tally("init", "--sandbox", "--people", String(PEOPLE));
  tally("sync");
  post = await openPost(desktop);
  const settings = { host: "127.0.0.1", port: post.port, security: "none", from: "billing@example.com", to: ["finance@example.com"] };
  ask("POST", "/channels", { kind: "mail", name: "Finance", settings });
  window = await Window.open(desktop, ["--workspace", workspace()]);
  await window.find("nav a", "Invoices");
}, { timeout: 240_000 });

after(async () => {
  await window?.close();
  await desktop?.close();
});

/** A step of the journey; a failed one leaves a picture and what the program said. */
function step(name, go) {
  test(name, { timeout: 240_000 }, async () => {
    assert.equal(found.broken, undefined, "each step needs the one before");
    try {
      await go();
    } catch (error) {
      found.broken = name;
      await picture("broken").catch(() => desktop.picture(join(OUTPUT, "closing-broken.png")));
      throw new Error(`${error.message}\n--- the program said:\n${window?.said.slice(-4000)}`, { cause: error });
    }
  });
}

/** Presses the button of a dialog that begins a batch, and sees how far it is before it has ended. */
async function batch(button) {
  let seen;
  await window.press("[role=dialog] button", button);
  await until("it is done", async () => {
    seen ??= (await window.text()).match(/(\d+) of (\d+) invoices/);
    return !(await window.has("[role=dialog]"));
  }, { within: 180_000, every: 30 });
  return seen;
}

step("the month is drafted for everybody in one go", async () => {
  await window.go(`/invoices?month=${MONTH}`);
  await window.press("button", `Draft ${MONTH_NAME}…`);
  await window.press("[role=dialog] label", "People", { exact: true });
  await batch("Draft");
  await window.reads(`Drafts ${PEOPLE}`);
  const drafts = invoices();
  assert.equal(drafts.length, PEOPLE, "one a person");
  assert.ok(drafts.every(({ state }) => state === "draft"));
  await picture("drafts");
});

step("their documents are looked at, each as it will be sent", async () => {
  for (const { id, for: owner } of invoices().slice(0, 5)) {
    await window.go(`/invoices/${id}`);
    await window.find("h1", `Draft for ${owner.label}`);
    // Ink on the page, and its words over it, to be selected and read out.
    await until("the page is drawn", () => window.execute(`
      const paper = document.querySelector("main article");
      const canvas = paper?.querySelector("canvas");
      if (!canvas?.width) return false;
      const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      let ink = 0;
      for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] > 0 && pixels[at] < 128) ink += 1;
      return ink > 1000 && paper.textContent.includes(arguments[0]);`, owner.label));
  }
  await picture("document");
});

step("all of them are issued, with a bar that says how far it is", async () => {
  await window.go(`/invoices?month=${MONTH}`);
  await window.press("button", `Issue all ${PEOPLE}…`);
  await window.reads("dated today");
  const seen = await batch(`Issue ${PEOPLE} invoices`);
  assert.equal(seen?.[2], String(PEOPLE), "the bar was seen");
  const issued = invoices();
  assert.ok(issued.every(({ state }) => state === "issued"));
  const numbers = issued.map(({ number }) => Number(number.split("-").at(-1))).sort((left, right) => left - right);
  assert.deepEqual(numbers, Array.from({ length: PEOPLE }, (_, at) => at + 1), "numbers have no gap");
});

step("all of them are sent, and what arrives is what was issued", async () => {
  await window.press("button", `Send all ${PEOPLE}…`);
  await batch(`Send ${PEOPLE} invoices`);
  await until("every mail has come", () => post.mails().length === PEOPLE, { within: 60_000 });
  const sent = new Set(post.mails().map(({ files }) => files[0].sha256));
  for (const { id } of invoices().slice(0, 5)) {
    const file = join(desktop.home, `${id}.pdf`);
    tally("invoices", "pdf", String(id), "--out", file);
    const kept = createHash("sha256").update(readFileSync(file)).digest("hex");
    assert.ok(sent.has(kept), `invoice ${id} came as it was issued`);
  }
});

step("one is paid and one is credited", async () => {
  const [paid, credited] = invoices();
  await window.go(`/invoices/${paid.id}`);
  await window.find("section[aria-label=Sent]");
  await window.press("button", "Record payment…");
  await window.press("[role=dialog] button", "Record payment", { exact: true });
  await window.reads(`${paid.number} is paid`);
  await picture("paid");
  await window.go(`/invoices/${credited.id}`);
  await window.press("button", "More", { exact: true });
  await window.press("[role=menuitem]", "Credit…");
  await window.type("[role=dialog] input", "Why", "Agreed with the customer");
  await window.press("[role=dialog] button", "Draft the credit note");
  await window.find("h1", "Draft of a credit note");
  await window.press("button", "Issue…");
  await window.press("[role=dialog] button", "Issue invoice");
  await window.find("h1", "Credit note CN");
  await picture("credit-note");
});

step("the command line proves all of it", async () => {
  await window.close();
  const proof = JSON.parse(tally("invoices", "verify", "--json"));
  assert.deepEqual(proof.problems, []);
  assert.equal(proof.checked, PEOPLE + 1);
});
