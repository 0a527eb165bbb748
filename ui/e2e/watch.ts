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
 * Waits until nothing fades in or out any more: what is half drawn has half its contrast. A dialog is
 * drawn through at first and only then begins to fade in, so that several frames must be calm.
 */
async function settled(page: Page): Promise<void> {
  const calmForFrames = () =>
    new Promise<boolean>((resolve) => {
      const calm = () =>
        document.getAnimations().every((one) => one.effect?.getComputedTiming().endTime === Infinity) &&
        [...document.querySelectorAll("[role=dialog], .mantine-Notification-root")].every(
          (one) => getComputedStyle(one).opacity === "1",
        );
      const look = (left: number) => {
        if (left === 0 || !calm()) resolve(left === 0);
        else requestAnimationFrame(() => look(left - 1));
      };
      look(6);
    });
  await expect.poll(() => page.evaluate(calmForFrames)).toBe(true);
}

/**
 * Fails for what a person with a screen reader or weak sight would stumble over. A notice may go while
 * the page is looked at and is half drawn then, so that what is found is looked for again if anything
 * moved.
 */
export async function checkAccess(page: Page, where: string): Promise<void> {
  const looks = 5;
  for (let look = 1; ; look += 1) {
    await settled(page);
    const { found, moved } = await violations(page);
    if (found.length > 0 && moved && look < looks) continue;
    expect(found, `accessibility of ${where}`).toEqual([]);
    return;
  }
}

/** What axe finds on a page, and whether anything began to move while it looked. */
async function violations(page: Page): Promise<{ found: string[]; moved: boolean }> {
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: object,
        ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
      };
    };
    let moved = false;
    const note = () => {
      moved = true;
    };
    const begins = ["transitionrun", "animationstart"];
    for (const name of begins) document.addEventListener(name, note, true);
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    for (const name of begins) document.removeEventListener(name, note, true);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} (${nodes[0]?.failureSummary})`);
    return { found, moved };
  });
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
