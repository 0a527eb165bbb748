// A folder of bills dropped on the real window: each bill in it is loaded, and a figure of theirs says
// why it is what it is.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { KEYS, Window } from "../driver.mjs";

const BILL = join(import.meta.dirname, "../../data/focus-sample/focus_sample.csv");
const OUTPUT = process.env.TALLYPORT_OUTPUT;

test("a folder dropped on the window is imported, and its figures say why", { timeout: 180_000 }, async () => {
  const desktop = await Desktop.open();
  let window;
  try {
    const workspace = join(desktop.home, "folder.tally");
    desktop.run(process.env.TALLY_BIN, ["init", "--workspace", workspace]);
    const folder = join(desktop.home, "bills of autumn");
    mkdirSync(join(folder, "2024"), { recursive: true });
    copyFileSync(BILL, join(folder, "2024", "focus_sample.csv"));
    writeFileSync(join(folder, "notes.txt"), "not a bill");

    window = await Window.open(desktop, ["--workspace", workspace]);
    await window.find("nav a", "Costs");
    const { x, y, width, height } = await window.place();
    const drag = await desktop.drop([folder], { x: x + width / 2, y: y + height / 2 });
    await window.find("strong", "Drop to import");
    await drag.letGo();
    await window.find("[role=dialog]", "bills of autumn");
    await window.press("[role=dialog] button", "Import", { exact: true });
    await window.find("section[aria-label=Tasks]", "Done", { within: 60_000 });

    const asked = await window.invoke("api", { method: "GET", path: "/api/v1/periods", body: null });
    const { periods } = JSON.parse(asked.body);
    assert.ok(periods.length >= 3, "several providers and two billing periods");
    assert.ok(periods.every(({ file }) => file !== null), "each names where it came from");

    await window.go("/costs?from=2024-09-01&to=2024-09-30&by=provider&interval=none&compare=false");
    await window.press("button", "18.01");
    await window.find("[role=dialog]", "Why this number?");
    await window.reads("Where it comes from");
    await window.keys(KEYS.escape);
    await window.gone("[role=dialog]", "Why this number?");
  } catch (error) {
    await window?.picture(join(OUTPUT, "folder.png")).catch(() => undefined);
    throw error;
  } finally {
    await window?.close();
    await desktop.close();
  }
});
