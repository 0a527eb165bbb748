import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { focusBill } from "./bill";
import { draftMonth } from "./invoices";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
let page: Page;
let complaints: string[] = [];

/** Months of a hundred dollars, then one that is a thousand times as dear. */
const MONTHS: [month: string, next: string, amount: string][] = [
  ["2024-05", "2024-06", "101.00"],
  ["2024-06", "2024-07", "99.00"],
  ["2024-07", "2024-08", "104.00"],
  ["2024-08", "2024-09", "100.00"],
  ["2024-09", "2024-10", "100000.00"],
];

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  program.run("init");
  program.run("people", "add", "Ada Lovelace");
  program.run("rules", "add", "--owner", "person:Ada Lovelace", "--service", "Amazon EC2");
  for (const [month, next, amount] of MONTHS) {
    const bill = join(program.folder, `${month}.csv`);
    const row = {
      BillingPeriodStart: `${month}-01 00:00:00`,
      BillingPeriodEnd: `${next}-01 00:00:00`,
      ChargePeriodStart: `${month}-10 00:00:00`,
      ChargePeriodEnd: `${month}-11 00:00:00`,
    };
    const costs = { BilledCost: amount, EffectiveCost: amount, ListCost: amount, ContractedCost: amount };
    writeFileSync(bill, focusBill([{ ...row, ...costs }]));
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

test("a month a thousand times too dear is held back, and says what was expected and what came", async () => {
  for (const path of ["/?month=2024-09", "/costs?month=2024-09", "/invoices?month=2024-09"]) {
    await goTo(page, path);
    const banner = page.getByRole("region", { name: "Held back" });
    await expect(banner).toContainText("September 2024 is in quarantine");
    await expect(banner).toContainText("$100,000.00");
    await checkAccess(page, `${path}, held back`);
    await checkWidth(page, path);
  }
  await goTo(page, "/costs?month=2024-08");
  await expect(page.getByRole("heading", { level: 1, name: "Costs" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Held back" })).toHaveCount(0);
});

test("no invoice is made of it, and the refusal says where to look", async () => {
  await goTo(page, "/invoices?month=2024-09");
  await draftMonth(page, "September 2024");
  await expect(page.getByText(/quarantine/i).last()).toBeVisible();
  await expect(page.getByRole("region", { name: "Invoices" })).toHaveCount(0);
});

test("it is released by hand, with a note", async () => {
  await goTo(page, "/quarantine");
  const list = page.getByRole("region", { name: "Quarantine" });
  await expect(list).toContainText("Sep 2024");
  await list.getByRole("button", { name: "Release…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Release from quarantine" });
  await expect(dialog.getByRole("button", { name: "Release", exact: true })).toBeDisabled();
  await dialog.getByRole("textbox", { name: /Why these figures/ }).fill("A new cluster, agreed with Ada");
  await checkAccess(page, "the release");
  await dialog.getByRole("button", { name: "Release", exact: true }).click();
  await expect(page.getByText(/was released/)).toBeVisible();
  await expect(list).toContainText("released");
});

test("once released, it is invoiced", async () => {
  await goTo(page, "/invoices?month=2024-09");
  await expect(page.getByRole("region", { name: "Held back" })).toHaveCount(0);
  await draftMonth(page, "September 2024");
  await expect(page.getByRole("region", { name: "Invoices" })).toContainText("Ada Lovelace");
});

test("nothing on the way complained", () => {
  // A refused invoice is an answer with a status; the browser writes it down.
  expect(complaints.filter((one) => !/status of 409/.test(one))).toEqual([]);
});
