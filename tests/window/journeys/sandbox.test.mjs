// What `cargo xtask run` shows first: the window makes the sandbox workspace by itself, loads its bill,
// and says on every page that it is made up.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { Window } from "../driver.mjs";
import { until } from "../processes.mjs";

test("started on the sandbox, the window has a company and a year of bills", { timeout: 180_000 }, async () => {
  const desktop = await Desktop.open({ keychain: "none" });
  desktop.env.TALLY_TODAY = "2026-11-21";
  let window;
  const json = async (path) => {
    const answer = await window.invoke("api", { method: "GET", path: `/api/v1${path}`, body: null });
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body);
  };
  try {
    window = await Window.open(desktop, ["--sandbox"]);
    await window.find("nav a", "Costs");
    const session = await json("/session");
    assert.equal(session.workspace.demo, true);
    await window.find("[role=note]", session.workspace.mark);
    assert.ok(existsSync(join(desktop.env.XDG_DATA_HOME, "tallyport/sandbox.tally")));
    await until("the bill is loaded", async () => (await json("/periods")).periods.length >= 13, { within: 60_000 });
    const { people } = await json("/people");
    assert.equal(people.length, 8);
    const jane = people.find(({ name }) => name === "Jane Doe");
    await window.go(`/people/${jane.id}?month=2026-10`);
    for (const words of ["Jane Doe", "Amazon Elastic Compute Cloud", "808.55"]) await window.reads(words);
    assert.equal(existsSync(join(desktop.env.XDG_DATA_HOME, "tallyport/default.tally")), false, "real data has its own file");
  } finally {
    await window?.close();
    await desktop.close();
  }
});

test("who has looked around is asked again at the next start, and finds the same company", { timeout: 180_000 }, async () => {
  const desktop = await Desktop.open({ keychain: "none" });
  let window;
  try {
    for (const visit of ["first", "second"]) {
      window = await Window.open(desktop);
      await window.press("button", "Look around with demo data");
      await window.find("nav a", "Costs", { within: 30_000 });
      const answer = await window.invoke("api", { method: "GET", path: "/api/v1/people", body: null });
      assert.equal(JSON.parse(answer.body).people.length, 8, `on the ${visit} visit`);
      await window.close();
    }
  } finally {
    await window?.close();
    await desktop.close();
  }
});
