// The tray and the popups: what the month costs, a sync, quiet until tomorrow, quitting; putting an alert off.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { onDesktop, runs } from "../on_desktop.mjs";
import { sleep, until } from "../processes.mjs";

/** The menu of the tray, as a desktop asks for it: labels and numbers. */
function menu(desktop, item) {
  const [owner] = item.split("/");
  const path = `${item.slice(owner.length)}/Menu`;
  const call = (method, ...words) =>
    desktop.run("gdbus", ["call", "--session", "--dest", owner, "--object-path", path, "--method", `com.canonical.dbusmenu.${method}`, ...words]);
  const layout = call("GetLayout", "0", "--", "-1", "['label']");
  const entries = [...layout.matchAll(/<?\((?:int32 )?(\d+), \{'label': <'([^']*)'>/g)].map(([, id, label]) => ({ id, label }));
  return {
    entries,
    choose: (label) => call("Event", entries.find((entry) => entry.label.replaceAll("_", "") === label).id, "clicked", "<''>", "0"),
  };
}

/** A desktop that shows icons, the window in it, and what the tray offers. */
async function withTray(desktop, open) {
  desktop.habits({ keep_running: true, told: true });
  const host = desktop.start("/usr/bin/python3", [join(import.meta.dirname, "../tray_host.py")], { open: true });
  await until("icons can be shown", () => host.said.includes("ready"));
  const window = await open();
  await window.find("nav a", "Costs", { within: 30_000 });
  const item = await until("the icon is there", () => host.said.match(/^:.*$/m)?.[0]);
  return { window, tray: () => menu(desktop, item) };
}

/** What the window's program answers. */
function asking(window) {
  return async (path, method = "GET", body = undefined) => {
    const ask = { method, path: `/api/v1${path}`, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await window.invoke("api", ask);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
}

/** Waits for the first bills, and for whatever is told of them to be on the screen and gone. */
async function calm(desktop, json) {
  await until("the bill is loaded", async () => (await json("/periods")).periods.length >= 13, { within: 90_000 });
  const settings = await json("/settings");
  await json("/settings", "PUT", { ...settings, anomaly_alert_from: "1000000" });
  const waiting = async () =>
    (await json("/deliveries")).deliveries.some(({ channel, state }) => channel.id === 0 && state === "waiting") ||
    (await json("/jobs")).jobs.some(({ ended_at }) => ended_at === null);
  await until("nothing is under way", async () => !(await waiting()), { within: 60_000 });
  desktop.run("dunstctl", ["close-all"]);
  await until("the screen is empty", () => !desktop.shows("--class", "Dunst"));
}

const overBudget = (json, name) =>
  json("/budgets", "POST", { name, scope: { kind: "all" }, amount: "1.00", thresholds: [{ percent: 100 }] });

/** How far the desktop's popup about a budget is. */
async function popupOf(json, name) {
  const { deliveries } = await json("/deliveries?channel=0");
  return deliveries.find(({ title }) => title.startsWith(name))?.state;
}

test("the tray tells what the month costs, opens the window, and quits the program", { timeout: 180_000 }, () =>
  onDesktop(async (desktop, open) => {
    const { window, tray } = await withTray(desktop, open);
    await until("it tells the month's total", () =>
      tray().entries.some(({ label }) => /^November so far: [\d,]+\.\d\d USD$/.test(label)), { within: 60_000 });
    await window.pressClose();
    await until("the window is closed", () => !window.isShown);
    tray().choose("Open Tallyport");
    await until("the window is back", () => window.isShown);
    tray().choose("Quit");
    await until("the program has ended", () => !runs(desktop));
  }));

test("quitting says what it would stop, and staying lets that end", { timeout: 240_000 }, () =>
  onDesktop(async (desktop, open) => {
    const { window, tray } = await withTray(desktop, open);
    const json = asking(window);
    const working = async () => (await json("/jobs")).jobs.some(({ ended_at }) => ended_at === null);
    assert.ok(await working(), "the first bills are being loaded");
    tray().choose("Quit");
    await desktop.answer("Quit Tallyport", true);
    await until("the question is gone", () => !desktop.shows("--name", "^Quit Tallyport$"));
    await until("what was at work has ended", async () => !(await working()), { within: 90_000 });
    assert.ok((await json("/jobs")).jobs.some(({ state }) => state === "done"), "and well");
    tray().choose("Quit");
    await until("the program has ended without a question", () => !runs(desktop));
  }));

test("the tray syncs at once, and keeps popups back until tomorrow", { timeout: 240_000 }, () =>
  onDesktop(async (desktop, open) => {
    const { window, tray } = await withTray(desktop, open);
    const json = asking(window);
    await calm(desktop, json);
    const before = (await json("/jobs")).jobs.map(({ id }) => id);
    tray().choose("Sync now");
    await until("a sync has run", async () =>
      (await json("/jobs")).jobs.some(({ id, kind, state }) => !before.includes(id) && kind === "sync" && state === "done"), { within: 60_000 });

    tray().choose("No popups until tomorrow");
    await overBudget(json, "Quiet");
    // Longer than the program waits before it looks for popups again.
    await sleep(20_000);
    assert.equal(await popupOf(json, "Quiet"), "waiting");
    assert.ok(!desktop.shows("--class", "Dunst"), "nothing is on the screen");
    assert.ok((await json("/alerts")).alerts.some(({ title }) => title.startsWith("Quiet")), "the inbox has it");
    tray().choose("No popups until tomorrow");
    await until("it is shown after all", () => desktop.shows("--class", "Dunst"), { within: 40_000 });
    await until("that is written down", async () => (await popupOf(json, "Quiet")) === "sent");
  }));

test("a popup is put off for a day by its button", { timeout: 240_000 }, () =>
  onDesktop(async (desktop, open) => {
    const window = await open();
    await window.find("nav a", "Costs", { within: 30_000 });
    const json = asking(window);
    await calm(desktop, json);
    await overBudget(json, "Later");
    await until("the popup is on the screen", () => desktop.shows("--class", "Dunst"), { within: 40_000 });
    desktop.clickPopup();
    const alert = async () => (await json("/alerts?state=all")).alerts.find(({ title }) => title.startsWith("Later"));
    await until("it is put off", async () => (await alert()).state === "snoozed");
    const hours = (new Date((await alert()).snoozed_until) - new Date((await alert()).raised_at)) / 3_600_000;
    assert.ok(hours > 23.9 && hours < 24.2, `for ${hours} hours`);
  }, { click: "snooze" }));
