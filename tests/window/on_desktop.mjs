// The program in its demo workspace on a desktop of its own.

import { join } from "node:path";
import { Desktop } from "./desktop.mjs";
import { Window } from "./driver.mjs";

/** Runs a journey on a desktop on which the program can be opened; what is broken is pictured. */
export async function onDesktop(journey, more = {}) {
  const desktop = await Desktop.open({ keychain: "none", ...more });
  desktop.env.TALLY_TODAY = "2026-11-21";
  let window;
  const open = async (words = ["--sandbox"]) => {
    window = await Window.open(desktop, words);
    return window;
  };
  try {
    await journey(desktop, open);
  } catch (error) {
    desktop.picture(join(process.env.TALLYPORT_OUTPUT, "on-desktop-broken.png"));
    throw new Error(`${error.message}\n--- the program said:\n${window?.said.slice(-4000)}`, { cause: error });
  } finally {
    await window?.end().catch(() => undefined);
    await desktop.close();
  }
}

/** The process of the program, if it runs. */
export const runs = (desktop) => desktop.processOf("dev.tallyport.desktop.SingleInstance");
