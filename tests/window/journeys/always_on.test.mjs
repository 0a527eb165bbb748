// The program without its window: closing keeps it going after it was said once, a second start brings the
// window back, and it starts with the session if asked to.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { memoryOf } from "../memory.mjs";
import { onDesktop, runs } from "../on_desktop.mjs";
import { sleep, until } from "../processes.mjs";

test("closing the window says once that the program goes on, and then keeps it", { timeout: 180_000 }, () =>
  onDesktop(async (desktop, open) => {
    desktop.habits(undefined);
    const window = await open();
    await window.find("nav a", "Costs", { within: 30_000 });
    await window.pressClose();
    // To keep it running, then to quit.
    await desktop.answer("Close the window");
    await until("the window is closed", () => !window.isShown);
    assert.ok(runs(desktop), "the program goes on");
    desktop.start(process.env.TALLYPORT_BIN, []);
    await until("a second start brings the window back", () => window.isShown);
    await window.pressClose();
    await until("the window is closed without a word", () => !window.isShown);
    assert.ok(!desktop.shows("--name", "^Close the window$") && runs(desktop));
  }));

test("started with the session it shows no window, until it is started by hand", { timeout: 180_000 }, () =>
  onDesktop(async (desktop, open) => {
    const window = await open(["--sandbox", "--hidden"]);
    assert.ok(!window.isShown);
    const entry = join(desktop.env.XDG_CONFIG_HOME, "autostart/tallyport.desktop");
    const set = (ask) => window.invoke("set_habits", ask);
    assert.deepEqual(await window.invoke("habits"), { keep_running: false, start_at_login: false });
    assert.deepEqual(await set({ keepRunning: true, startAtLogin: true }), { keep_running: true, start_at_login: true });
    assert.match(readFileSync(entry, "utf8"), /^Exec="\/.*tallyport" --hidden$/m);
    await set({ keepRunning: true, startAtLogin: false });
    assert.ok(!existsSync(entry));
    desktop.start(process.env.TALLYPORT_BIN, []);
    await until("the window is there", () => window.isShown);
  }));

// The short form of `cargo xtask soak window`: fewer syncs, one right after the other.
test("an open window that is synced again and again keeps its memory", { timeout: 240_000 }, () =>
  onDesktop(async (desktop, open) => {
    const window = await open();
    await window.find("nav a", "Costs", { within: 30_000 });
    const json = async (path, method = "GET") =>
      JSON.parse((await window.invoke("api", { method, path: `/api/v1${path}`, body: null })).body);
    await until("the bill is loaded", async () => (await json("/periods")).periods.length >= 13, { within: 60_000 });
    await until("nothing runs any more", async () => (await json("/jobs")).jobs.every(({ ended_at }) => ended_at !== null));
    const program = runs(desktop);
    const sync = async (times) => {
      for (let time = 0; time < times; time += 1) {
        const run = await json("/schedules/sync-1/run", "POST");
        await until("the sync is done", async () =>
          (await json("/schedules/sync-1/runs")).runs.find(({ id }) => id === run.id)?.state === "done", { within: 60_000 });
      }
      await sleep(3000);
      return memoryOf(program);
    };
    const settled = await sync(6);
    const later = await sync(12);
    assert.ok(later < settled * 1.1, `after 6 syncs ${settled} KiB, after 12 more ${later} KiB`);
  }));
