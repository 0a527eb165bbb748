// The keychain is missing, locked, or dies: the key is never written in the clear, the message comes at
// once and says what to do, and what is open stays open.
//
// The short form runs once; `cargo xtask soak keychain` sets TALLYPORT_SOAK_KEYCHAIN for more.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Desktop } from "../desktop.mjs";
import { Window } from "../driver.mjs";
import { filesBelow, filesHolding } from "../files.mjs";
import { askForWorkspace, keepRecoveryKey } from "../first_run.mjs";

const ROUNDS = Number(process.env.TALLYPORT_SOAK_KEYCHAIN ?? 1);
const PASSPHRASE = "correct horse battery staple";
/** The promise is two seconds; the rest is the way through driver and page. */
const AT_ONCE = 3500;

async function onDesktop(options, journey) {
  const desktop = await Desktop.open(options);
  let window;
  const open = async (words = []) => {
    window = await Window.open(desktop, words);
    return window;
  };
  try {
    await journey(desktop, open);
  } catch (error) {
    if (window === undefined) throw error;
    throw new Error(`${error.message}\n--- the program said:\n${window.said.slice(-4000)}`, { cause: error });
  } finally {
    await window?.close();
    await desktop.close();
  }
}

/** Asks for the state of the workspace and takes the time. */
async function askedState(window) {
  const started = Date.now();
  const state = await window.invoke("workspace_state");
  return { ...state, took: Date.now() - started };
}

for (let round = 1; round <= ROUNDS; round += 1) {
  test(`with no keychain a passphrase guards the workspace, and no key lies on the disk (${round})`, () =>
    onDesktop({ keychain: "none" }, async (desktop, open) => {
      const window = await open();
      await askForWorkspace(window, "Harbour Ltd");
      await window.find("input[type=password]", "Passphrase");
      const refused = filesBelow(desktop.env.XDG_DATA_HOME).filter((path) => path.endsWith(".tally"));
      assert.deepEqual(refused, [], "nothing was made before there was a passphrase");
      await window.type("input[type=password]", "Passphrase", PASSPHRASE);
      await window.press("button", "Create workspace");
      const recovery = await keepRecoveryKey(window);
      assert.deepEqual(filesHolding(desktop.home, PASSPHRASE), []);
      assert.deepEqual(filesHolding(desktop.home, recovery), []);
      const file = readFileSync(join(desktop.env.XDG_DATA_HOME, "tallyport/default.tally"));
      assert.ok(!file.includes("SQLite format 3"), "the file is encrypted");
      await window.close();

      const again = await open();
      const state = await askedState(again);
      assert.equal(state.state, "needs_passphrase");
      assert.ok(state.took < AT_ONCE, `it was told after ${state.took} ms`);
      await again.type("input[type=password]", "Passphrase", "not the passphrase");
      await again.press("button", "Open");
      await again.find("[role=alert]", "passphrase is wrong");
      assert.ok(!(await again.has("nav a", "Costs")), "a wrong passphrase opens nothing");
      await again.type("input[type=password]", "Passphrase", PASSPHRASE);
      await again.press("button", "Open");
      await again.find("nav a", "Costs");
      await again.close();

      const rescued = await open();
      await rescued.type("input[type=password]", "Passphrase", recovery);
      await rescued.press("button", "Open");
      await rescued.find("nav a", "Costs");
    }));

  test(`a locked keychain is told at once, and once unlocked the window goes on (${round})`, () =>
    onDesktop({ keychain: "unlocked" }, async (desktop, open) => {
      const window = await open();
      await askForWorkspace(window, "Harbour Ltd");
      await keepRecoveryKey(window);
      const [kept] = desktop.keysInKeychain();
      assert.ok(kept.secret.length > 0, "the key is in the keychain");
      assert.deepEqual(filesHolding(desktop.home, kept.secret), [], "and nowhere on the disk");
      await window.close();

      desktop.lockKeychain();
      const locked = await open();
      const state = await askedState(locked);
      assert.equal(state.state, "needs_passphrase");
      assert.match(state.message, /keychain/i);
      assert.ok(state.took < AT_ONCE, `it was told after ${state.took} ms`);

      // Signing in again unlocks it; the same window goes on, without a restart.
      await desktop.killKeychain();
      await desktop.startKeychain();
      await locked.press("button", "Try the keychain again");
      await locked.find("nav a", "Costs");
    }));

  test(`a keychain that dies takes nothing with it that is open (${round})`, () =>
    onDesktop({ keychain: "unlocked" }, async (desktop, open) => {
      const window = await open();
      await askForWorkspace(window, "Harbour Ltd");
      await keepRecoveryKey(window);
      await desktop.killKeychain();
      const session = await window.invoke("api", { method: "GET", path: "/api/v1/session", body: null });
      assert.equal(session.status, 200);
      const person = JSON.stringify({ name: "Ada Byron" });
      const added = await window.invoke("api", { method: "POST", path: "/api/v1/people", body: person });
      assert.ok(added.status < 300, added.body);
      await window.close();

      const closed = await open();
      const state = await askedState(closed);
      assert.equal(state.state, "needs_passphrase");
      assert.ok(state.took < AT_ONCE, `it was told after ${state.took} ms`);
      assert.ok(state.hint?.length > 0, "it says what to do");
      await desktop.startKeychain();
      await closed.press("button", "Try the keychain again");
      await closed.find("nav a", "Costs");
      const people = await closed.invoke("api", { method: "GET", path: "/api/v1/people", body: null });
      assert.match(people.body, /Ada Byron/, "what was written while the keychain was dead is kept");
    }));
}
