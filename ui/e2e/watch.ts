import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every place and its title. */
export const PLACES = [
  ["/", "Overview"],
  ["/costs", "Costs"],
  ["/costs?by=person&interval=month", "Costs"],
  ["/costs?forecast=true&interval=day", "Costs"],
  ["/charges", "Charges"],
  ["/budgets", "Budgets"],
  ["/alerts", "Alerts"],
  ["/alerts?state=all", "Alerts"],
  ["/alerts/rules", "Alerts"],
  ["/alerts/channels", "Alerts"],
  ["/alerts/log", "Alerts"],
  ["/people", "People & teams"],
  ["/teams", "People & teams"],
  ["/resources", "Resources"],
  ["/rules", "Resources"],
  ["/sharing", "Resources"],
  ["/invoices", "Invoices"],
  ["/invoices?view=overdue", "Invoices"],
  ["/invoices/comparison", "Side by side"],
  ["/price-books", "Price books"],
  ["/tenants", "Tenants"],
  ["/data", "Data"],
  ["/reconciliation", "Data"],
  ["/quarantine", "Data"],
  ["/settings/clients", "Clients"],
  ["/settings/workspace", "Settings"],
  ["/settings/buyers", "Settings"],
  ["/settings/taxes", "Settings"],
  ["/settings/rates", "Settings"],
  ["/settings/schedules", "Settings"],
] as const;

export type Watch = { complaints: string[] };

/** Collects whatever a page complains of: errors, broken policy, scripts that should not have run. */
export async function watch(page: Page): Promise<Watch> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("dialog", async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { complaints };
}

/**
 * Fails for what a person with a screen reader or weak sight would stumble over. A notice may come or go
 * at any moment and is half drawn then, with half its contrast: what is found while something moved is
 * looked for again.
 */
export async function checkAccess(page: Page, where: string): Promise<void> {
  // Through the debugger, which the page's policy does not bind. A page keeps it until it is left.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  let found: string[] = [];
  const look = async () => {
    const seen = await page.evaluate(lookCalmly);
    found = seen.found;
    return seen.moved ? "something moved" : "looked at";
  };
  await expect.poll(look, { message: `accessibility of ${where}`, timeout: 30_000 }).toBe("looked at");
  expect(found, `accessibility of ${where}`).toEqual([]);
}

/**
 * What axe finds on a page, and whether that may come of something that moved. Runs in the page, from the
 * first calm frame to the last in one piece, so that no move falls between two questions.
 */
async function lookCalmly(): Promise<{ found: string[]; moved: boolean }> {
  type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] };
  const { axe } = window as unknown as {
    axe: { run: (context: Document, options: object) => Promise<{ violations: Violation[] }> };
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // What has not been drawn yet is seen by its opacity: its transition has not begun.
  const still = () =>
    document.getAnimations().every((one) => one.effect?.getComputedTiming().endTime === Infinity) &&
    [...document.querySelectorAll("[role=dialog], .mantine-Notification-root")].every(
      (one) => getComputedStyle(one).opacity === "1",
    );

  let moved = false;
  const note = () => {
    moved = true;
  };
  const begins = ["transitionrun", "animationstart"];
  for (const name of begins) document.addEventListener(name, note, true);
  try {
    // A dialog is drawn through at first and only then begins to fade in: one calm frame says little.
    for (let frames = 0; frames < 6; frames += 1) {
      if (!still()) return { found: [], moved: true };
      await frame();
    }
    moved = !still();
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} (${nodes[0]?.failureSummary})`);
    // What began at the very end is heard with the next frame.
    await frame();
    return { found, moved: found.length > 0 && (moved || !still()) };
  } finally {
    for (const name of begins) document.removeEventListener(name, note, true);
  }
}

/** Fails when the page is wider than its window. */
export async function checkWidth(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const limit = window.innerWidth;
    const main = document.querySelector("main");
    return {
      page: document.documentElement.scrollWidth > limit,
      main: main !== null && main.scrollWidth > limit,
    };
  });
  expect(wide, `width of ${where}`).toEqual({ page: false, main: false });
}

/** Goes to an address behind the hash as if it was typed. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((target) => {
    window.location.hash = target;
  }, path);
  await page.waitForLoadState("networkidle");
}
