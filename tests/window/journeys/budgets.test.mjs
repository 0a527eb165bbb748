// Hearing of money before it is gone: a sync takes a person over 80 % of their budget and the next over
// 100 %. Each raises one popup, whose click opens that budget even where the window was closed, and one mail
// with the figures; nothing is told twice.

import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { Window } from "../driver.mjs";
import { openPost } from "../post.mjs";
import { sleep, until } from "../processes.mjs";

const OUTPUT = process.env.TALLYPORT_OUTPUT;
/** Where the documentation's pictures lie, when they are drawn. */
const SCREENSHOTS = process.env.TALLYPORT_SCREENSHOTS;
const PERSON = "Jane Doe";
const MONTH = "2026-11";
const [QUIET, WARNED, OVER] = ["2026-11-10", "2026-11-17", "2026-11-20"];

/** What `tally` answers on this desktop, as on that day. */
function command(desktop, workspace, day, ...words) {
  const ask = [...words, "--json", "--workspace", workspace];
  return JSON.parse(desktop.run(process.env.TALLY_BIN, ask, { env: { TALLY_TODAY: day } }));
}

/** What the person spent this month, the part before the point: nothing is computed with it. */
function spent(desktop, workspace, day) {
  const costs = command(desktop, workspace, day, "costs", "--month", MONTH, "--by", "person");
  return costs.results[0].rows.find(({ label }) => label === PERSON).amount.split(".")[0];
}

/** The limit that the month reaches by the last of the days, from a copy of the workspace that gets there. */
function limitReachedOn(desktop, workspace, day) {
  const ahead = join(desktop.home, "ahead.tally");
  for (const part of ["", ".keys", ".sandbox"]) cpSync(workspace + part, ahead + part, { recursive: true });
  command(desktop, ahead, day, "sync");
  const limit = spent(desktop, ahead, day);
  for (const part of ["", ".keys", ".sandbox"]) rmSync(ahead + part, { recursive: true });
  return limit;
}

test("a budget's popup opens that budget, its mail has the figures, and nothing is told twice", { timeout: 420_000 }, async () => {
  const desktop = await Desktop.open({ keychain: "none" });
  const workspace = join(desktop.home, "demo.tally");
  let window;
  const json = async (path, method = "GET", body = undefined) => {
    const ask = { method, path: `/api/v1${path}`, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await window.invoke("api", ask);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
  const on = async (day) => {
    await window?.close();
    desktop.env.TALLY_TODAY = day;
    window = await Window.open(desktop, ["--workspace", workspace]);
    await window.find("nav a", "Budgets");
  };
  const sync = async () => {
    const { id } = await json("/syncs", "POST", { dry_run: false });
    await until("the sync is done", async () => (await json(`/jobs/${id}`)).state === "done", { within: 90_000 });
  };
  const popups = async () =>
    (await json("/deliveries")).deliveries.filter(({ channel, state }) => channel.kind === "popup" && state === "sent");
  const told = async (times) => {
    await until(`${times} popups were shown`, async () => (await popups()).length === times, { within: 60_000 });
    await until("they are on the screen", () => desktop.shows("--class", "Dunst"));
  };
  try {
    command(desktop, workspace, QUIET, "init", "--sandbox");
    // This is about budgets: what is unusual at the made-up company is told elsewhere.
    const settings = command(desktop, workspace, QUIET, "api", "GET", "/api/v1/settings");
    const quiet = JSON.stringify({ ...settings, anomaly_alert_from: "1000000" });
    command(desktop, workspace, QUIET, "api", "PUT", "/api/v1/settings", quiet);
    command(desktop, workspace, QUIET, "sync");
    const limit = limitReachedOn(desktop, workspace, OVER);
    const post = await openPost(desktop);

    await on(QUIET);
    const { people } = await json("/people");
    const person = people.find(({ name }) => name === PERSON);
    const mail = await json("/channels", "POST", {
      kind: "mail",
      name: "Finance",
      settings: { host: "127.0.0.1", port: post.port, security: "none", from: "tally@example.com", to: ["finance@example.com"] },
    });
    const budget = await json("/budgets", "POST", {
      name: "Jane's month",
      scope: { kind: "person", id: String(person.id), key: null, value: null },
      period: "month",
      currency: "USD",
      amount: limit,
      thresholds: [{ percent: 80, on: "actual" }, { percent: 100, on: "actual" }],
      channels: [mail.id],
    });
    await sleep(3000);
    assert.deepEqual(await popups(), [], "so far there is nothing to tell");

    await on(WARNED);
    await sync();
    await told(1);
    await until("the mail is there", () => post.mails().length === 1, { within: 60_000 });

    // The window is closed when the second comes: the program goes on, and a click brings it back.
    await window.close();
    desktop.habits({ keep_running: true, told: true });
    await on(OVER);
    await sync();
    await told(2);
    await until("the second mail is there", () => post.mails().length === 2, { within: 60_000 });
    desktop.picture(join(SCREENSHOTS ?? OUTPUT, "popups.png"));
    await window.pressClose();
    await until("the window is closed", () => !window.isShown);
    desktop.clickPopup();
    await until("the window is there again", () => window.isShown);
    await until("it is at that budget", async () =>
      (await window.execute("return location.hash")).startsWith(`#/budgets/${budget.id}`));
    await window.reads("Jane's month");

    const [warned, over] = post.mails();
    assert.match(warned.subject, /Jane's month has used [89]\d % of its budget/);
    assert.match(over.subject, /Jane's month is over its budget/);
    assert.ok(warned.text.replaceAll(",", "").includes(limit), `the first mail has the limit, ${limit}:\n${warned.text}`);
    assert.ok(over.text.replaceAll(",", "").includes(limit), `the mail has the limit, ${limit}:\n${over.text}`);
    const { alerts } = await json("/alerts?state=all");
    assert.equal(alerts.filter(({ kind }) => kind === "budget_actual").length, 2);

    await sync();
    await json("/budgets/check", "POST");
    await sleep(5000);
    assert.equal((await popups()).length, 2, "the next sync tells nothing twice");
    assert.equal(post.mails().length, 2);
  } catch (error) {
    desktop.picture(join(OUTPUT, "budgets-broken.png"));
    throw new Error(`${error.message}\n--- the program said:\n${window?.said.slice(-4000)}`, { cause: error });
  } finally {
    await window?.end().catch(() => undefined);
    await desktop.close();
  }
});
