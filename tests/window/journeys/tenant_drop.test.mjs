// Files dropped on a tenant in the real window, from another program's window: where they land and what is
// there already is shown first, and the same bytes lie in the store afterwards. Closing the window does not
// stop them; quitting does, and the next start goes on.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesBelow } from "../files.mjs";
import { onDesktop, runs } from "../on_desktop.mjs";
import { until } from "../processes.mjs";

const TENANT = "Acme Retail";

/** The steps that every drop has, in the demo workspace of this desktop. */
function onTenant(desktop) {
  const workspace = join(desktop.env.XDG_DATA_HOME, "tallyport/sandbox.tally");
  const tally = (...words) =>
    JSON.parse(desktop.run(process.env.TALLY_BIN, [...words, "--json", "--workspace", workspace]));
  return {
    tally,
    newest: () => tally("transfers", "list", "--tenant", TENANT).transfers[0],
    /** All that lies in a folder of the tenant's, fetched: what a person has who asks for it. */
    fetched(folder, into) {
      tally("download", `${TENANT}/${folder}`, "--into", into);
      return into;
    },
    async show(window, folder) {
      await window.find("nav a", "Tenants", { within: 30_000 });
      await window.go("/tenants");
      await window.press("td button, [role=gridcell] button", TENANT, { within: 30_000 });
      await window.find("h1", TENANT);
      const address = await window.execute("return location.hash.split('?')[0]");
      await window.go(`${address}?at=${encodeURIComponent(folder)}`);
    },
    async drop(window, paths, folder) {
      const { x, y, width, height } = await window.place();
      const drag = await desktop.drop(paths, { x: x + width / 2, y: y + height / 2 });
      await window.find("strong", `Drop to upload to ${TENANT}/${folder}`);
      await drag.letGo();
      return window.find("[role=dialog]", `${TENANT}/${folder}`);
    },
    async send(window) {
      await window.press("[role=dialog] button", "Upload", { exact: true });
      await window.gone("[role=dialog]");
    },
  };
}

function assertSame(sent, came) {
  const below = (folder) => filesBelow(folder).map((path) => path.slice(folder.length)).sort();
  assert.deepEqual(below(came), below(sent));
  for (const path of below(sent)) assert.ok(readFileSync(came + path).equals(readFileSync(sent + path)), path);
}

test("what is dropped on a tenant arrives, and nothing there is overwritten unasked", { timeout: 240_000 }, () =>
  onDesktop(async (desktop, open) => {
    const { tally, newest, fetched, show, drop, send } = onTenant(desktop);
    const window = await open();
    const orders = join(desktop.home, "orders.csv");
    writeFileSync(orders, "order,amount\n1,20.00\n");
    await show(window, "in/");
    tally("upload", orders, "--to", `${TENANT}/in`);
    writeFileSync(orders, "order,amount\n1,20.00\n2,30.00\n");
    const reports = join(desktop.home, "reports of May");
    mkdirSync(join(reports, "scans"), { recursive: true });
    writeFileSync(join(reports, "Übersicht.txt"), "all is well\n");
    // Large enough to go in parts.
    writeFileSync(join(reports, "scans/1.bin"), randomBytes(20_000_000));

    await drop(window, [orders, reports], "in/");
    await window.reads("3 files, 20.0 MB");
    await window.reads("is there already");
    await window.find("[role=dialog] bdi", "in/reports of May/scans/1.bin");
    await window.picture(join(process.env.TALLYPORT_OUTPUT, "tenant-drop.png"));
    await window.press("[role=dialog] label", "Keep both, under another name");
    await send(window);
    await window.press("label", "Transfers", { exact: true });
    await window.reads("Arrived", { within: 60_000 });
    await until("the journal says so", () => newest().state === "done", { within: 60_000 });

    const there = fetched("in/", join(desktop.home, "there"));
    assert.equal(readFileSync(join(there, "in/orders.csv"), "utf8"), "order,amount\n1,20.00\n");
    assert.equal(readFileSync(join(there, "in/orders (2).csv"), "utf8"), readFileSync(orders, "utf8"));
    assertSame(reports, join(there, "in/reports of May"));
  }));

test("files go on when the window is closed, and at the next start when the program was quit", { timeout: 300_000 }, () =>
  onDesktop(async (desktop, open) => {
    desktop.habits({ keep_running: true, told: true, quiet_until: Date.UTC(2100, 0) });
    const { tally, newest, fetched, show, drop, send } = onTenant(desktop);
    let window = await open();
    const slowly = () => tally("transfers", "limits", "--usual", "1MB");
    const atFullSpeed = () => tally("transfers", "limits", "--usual", "none");
    /** Drops a folder that takes half a minute, and sees that it is under way. */
    const begin = async (name) => {
      const folder = join(desktop.home, name);
      mkdirSync(folder);
      for (const part of ["a", "b", "c"]) writeFileSync(join(folder, part), randomBytes(10_000_000));
      await show(window, "long/");
      slowly();
      await drop(window, [folder], "long/");
      await send(window);
      await until("it is under way", () => newest()?.title.includes(name) && newest().state === "running", { within: 60_000 });
      return folder;
    };
    const arrives = async (folder, into) => {
      atFullSpeed();
      await until("all of it arrives", () => newest().state !== "running", { within: 120_000, every: 500 });
      assert.deepEqual([newest().state, newest().files_done], ["done", 3]);
      const name = folder.split("/").at(-1);
      assertSame(folder, join(fetched(`long/${name}/`, join(desktop.home, into)), name));
    };

    const closed = await begin("closed");
    await window.pressClose();
    await until("the window is closed", () => !window.isShown);
    assert.equal(newest().state, "running", "the window is gone and the files are on their way");
    await arrives(closed, "after-closing");
    desktop.start(process.env.TALLYPORT_BIN, ["--sandbox"]);
    await until("a second start brings the window back", () => window.isShown);

    await window.invoke("set_habits", { keepRunning: false, startAtLogin: false });
    const quit = await begin("quit");
    await window.pressClose();
    await desktop.answer("Quit Tallyport");
    await until("the program has ended", () => runs(desktop) === undefined);
    assert.notEqual(newest().state, "done", "the program is gone and not all has arrived");
    await window.end();
    window = await open();
    await arrives(quit, "after-quitting");
  }));
