import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { focusBill } from "./bill";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
let page: Page;
let complaints: string[] = [];
/** The UTC day on which the bills of this journey are loaded. */
const TODAY = new Date().toISOString().slice(0, 10);

/** September as it was told first, and as it was told a second time. */
const FIRST = [
  { ServiceName: "Amazon EC2", ResourceId: "i-1", BilledCost: "100.00", EffectiveCost: "100.00" },
  { ServiceName: "Amazon S3", ResourceId: "b-1", BilledCost: "20.00", EffectiveCost: "20.00" },
];
const SECOND = [
  { ServiceName: "Amazon EC2", ResourceId: "i-1", BilledCost: "130.50", EffectiveCost: "130.50" },
  { ServiceName: "Amazon S3", ResourceId: "b-1", BilledCost: "20.00", EffectiveCost: "20.00" },
  { ServiceName: "AWS Lambda", ResourceId: "f-1", BilledCost: "5.00", EffectiveCost: "5.00" },
];

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  program.run("init");
  for (const [name, rows] of [
    ["first.csv", FIRST],
    ["second.csv", SECOND],
  ] as const) {
    const bill = join(program.folder, name);
    writeFileSync(bill, focusBill(rows));
    program.run("import", bill);
  }
  const address = await program.serve();
  page = await browser.newPage();
  ({ complaints } = await watch(page));
  await page.goto(address);
});
test.afterAll(async () => {
  await page.close();
  await program.end();
});

test("the versions of a period stand in their order, and what changed between them by service", async () => {
  await goTo(page, "/data");
  await page
    .getByRole("region", { name: "Billing periods" })
    .getByRole("button", { name: "Sep 2024" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "September 2024" })).toBeVisible();
  const versions = page.getByRole("list", { name: "Versions" }).locator("> li");
  await expect(versions).toHaveCount(2);
  await expect(versions.nth(0)).toContainText("Version 2");
  await expect(versions.nth(0)).toContainText("counts");
  await expect(versions.nth(0)).toContainText("second.csv");
  await expect(versions.nth(0)).toContainText("$155.50");
  await expect(versions.nth(1)).toContainText("replaced");
  await expect(versions.nth(1)).toContainText("$120.00");
  const changes = page.getByRole("region", { name: "What changed by service in USD" });
  await expect(changes.locator("tbody tr")).toHaveCount(2);
  await expect(changes.locator("tbody tr").nth(0)).toContainText("Amazon EC2");
  await expect(changes.locator("tbody tr").nth(0)).toContainText("+30.50");
  await expect(changes.locator("tbody tr").nth(1)).toContainText("+5.00");
  await expect(changes.locator("tfoot")).toContainText("+$35.50");
  await expect(page.getByText("1 added")).toBeVisible();
  await checkAccess(page, "a period's versions");
  await checkWidth(page, "a period's versions");
});

test("two versions are compared by another dimension, and the comparison lives in its address", async () => {
  await page.getByRole("combobox", { name: "By" }).click();
  await page.getByRole("option", { name: "Resource" }).click();
  const changes = page.getByRole("region", { name: "What changed by resource in USD" });
  await expect(changes).toContainText("i-1");
  await expect(page).toHaveURL(/by=resource/);
  await page.reload();
  await expect(changes).toContainText("f-1");
});

test("a number says why it is so, from the keyboard, and Escape goes back to it", async () => {
  await goTo(page, "/costs?month=2024-09&by=service&interval=none");
  const figure = page.getByRole("button", { name: /Amazon EC2, total: 130\.50, why this number/ });
  await figure.focus();
  await page.keyboard.press("Enter");
  const why = page.getByRole("dialog", { name: /Why this number/ });
  await expect(why).toContainText("$130.50");
  await expect(why).toContainText("FOCUS");
  await expect(why).toContainText("Version 2");
  await expect(why).toContainText("second.csv");
  await expect(why).toContainText("Nobody");
  await expect(why).toContainText("Usage");
  await checkAccess(page, "why this number");
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();
  await expect(figure).toBeFocused();
});

test("every place with amounts has their why", async () => {
  for (const [path, name] of [
    ["/?month=2024-09", /^September 2024: \$155\.50/],
    ["/resources?month=2024-09", /^i-1: \$130\.50/],
  ] as const) {
    await goTo(page, path);
    await page.getByRole("button", { name }).first().click();
    const why = page.getByRole("dialog", { name: /Why this number/ });
    await expect(why.getByRole("region", { name: "Where it comes from" })).toContainText("second.csv");
    await page.keyboard.press("Escape");
    await expect(why).toBeHidden();
  }
});

test("figures as they were known on an earlier day say so, and one click leads back", async () => {
  await goTo(page, `/costs?month=2024-09&by=service&interval=none&as_of=${TODAY}`);
  const banner = page.getByRole("region", { name: "An earlier day's figures" });
  await expect(banner).toBeVisible();
  await expect(page.getByRole("region", { name: /Costs by service/ })).toContainText("155.50");
  await checkAccess(page, "costs as known on a day");
  await goTo(page, "/costs?month=2024-09&by=service&interval=none&as_of=2024-10-01");
  await expect(page.getByRole("heading", { name: "Nothing was known then" })).toBeVisible();
  await expect(banner).toBeVisible();
  await banner.getByRole("button", { name: "Back to today" }).click();
  await expect(banner).toBeHidden();
  await expect(page).not.toHaveURL(/as_of/);
  await expect(page.getByRole("region", { name: /Costs by service/ })).toContainText("155.50");
});

test("the day is chosen in a calendar on each page that has it", async () => {
  for (const path of ["/?month=2024-09", "/costs?month=2024-09", "/charges?from=2024-09-01&to=2024-09-30"]) {
    await goTo(page, path);
    await page.getByRole("button", { name: /^As known today/ }).click();
    await page.getByRole("button", { name: new RegExp(`^${Number(TODAY.slice(8))} `) }).click();
    await expect(page).toHaveURL(new RegExp(`as_of=${TODAY}`));
    await expect(page.getByRole("region", { name: "An earlier day's figures" })).toBeVisible();
  }
});

test("nothing on the way complained", () => {
  expect(complaints).toEqual([]);
});
