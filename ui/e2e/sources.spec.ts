import { readFileSync } from "node:fs";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
let page: Page;
let complaints: string[] = [];

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  program.run("init", "--sandbox");
  program.run("sources", "cost-explorer");
  program.run("sync");
  const address = await program.serve();
  page = await browser.newPage();
  ({ complaints } = await watch(page));
  await page.goto(address);
});
test.afterAll(async () => {
  await page.close();
  await program.end();
});

/** The drawer of the only connection's source. */
async function openSource() {
  await goTo(page, "/settings/clients");
  await page.getByRole("button", { name: "Source…" }).first().click();
  return page.getByRole("dialog", { name: /^Source of/ });
}

/** Where it is said whether large months are rolled up in Athena. */
function athena(drawer: Locator) {
  return drawer.locator("section").filter({ hasText: "Very large exports" });
}

test("with credentials and nothing else, the exports that exist are found", async () => {
  const drawer = await openSource();
  await expect(drawer).toContainText("The bill comes from");
  await drawer.getByRole("button", { name: "Find exports" }).click();
  const found = drawer.getByRole("status", { name: "Exports found" });
  await expect(found.getByRole("listitem")).toHaveCount(3);
  await expect(found).toContainText("FOCUS");
  await expect(found).toContainText("CUR 2.0");
  await expect(found).toContainText("s3://");
  await checkAccess(page, "the exports found");
  await checkWidth(page, "the exports found");
});

test("an export is used", async () => {
  const drawer = page.getByRole("dialog", { name: /^Source of/ });
  await drawer
    .getByRole("listitem")
    .filter({ hasText: "CUR 2.0" })
    .getByRole("button", { name: /^Use/ })
    .click();
  await expect(page.getByText(/comes from export .*; sync to load it/)).toBeVisible();
  await expect(drawer.getByRole("listitem").filter({ hasText: "CUR 2.0" })).toContainText("in use");
});

test("months too large to fetch are not rolled up in Athena unless somebody agrees to the price", async () => {
  // The form begins anew when the connection that it belongs to has changed.
  await page.keyboard.press("Escape");
  const drawer = await openSource();
  await drawer.getByRole("switch", { name: "Use Athena for large months" }).click();
  await drawer.getByLabel("Above, GB a month").fill("0");
  await drawer.getByLabel("Answers go to").fill("answers");
  await expect(athena(drawer).getByRole("button", { name: "Save" })).toBeDisabled();
  await drawer.getByLabel("Answers go to").fill("s3://northwind-bills/answers/");
  await checkAccess(page, "where Athena works");
  await checkWidth(page, "where Athena works");
  await athena(drawer).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Months beyond the limit are rolled up in Athena")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Sync…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Sync with AWS" });
  const consent = dialog.getByRole("checkbox", { name: /^AWS may charge up to \$\d+\.\d\d/ });
  await expect(consent).not.toBeChecked();
  await checkAccess(page, "what Athena may cost");
  await checkWidth(page, "what Athena may cost");
  await dialog.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText(/nobody agreed to pay \d+\.\d\d.*Athena was not asked/).first()).toBeVisible({
    timeout: 60_000,
  });
});

test("without Athena the export's sync says files and bytes before it runs", async () => {
  const drawer = await openSource();
  await drawer.getByRole("switch", { name: "Use Athena for large months" }).click();
  await athena(drawer).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Exports are always fetched whole")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^Export .* \(s3:/).first()).toBeVisible();
  await page.getByRole("button", { name: "Sync…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Sync with AWS" });
  await expect(dialog).toContainText(/\d+ files? of the export/);
  await dialog.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText(/billing periods \d+/).first()).toBeVisible({ timeout: 60_000 });
});

test("the same export once more has nothing new", async () => {
  await goTo(page, "/settings/clients");
  await page.getByRole("button", { name: "Sync…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Sync with AWS" });
  await expect(dialog).toContainText("Nothing new in the export");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("a month's totals are compared with AWS's own, for a price that is said first", async () => {
  await goTo(page, "/reconciliation?month=2026-10");
  await page
    .getByRole("button", { name: /^Reconcile/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: /^Reconcile October 2026/ });
  await expect(dialog.getByText(/\$0\.\d\d/)).toBeVisible();
  await dialog.getByRole("button", { name: "Reconcile now" }).click();
  await expect(dialog).toBeHidden();
  const card = page.getByRole("region", { name: /^Northwind/ }).first();
  for (const total of ["This ledger", "The export", "Cost Explorer", "AWS's invoice"]) {
    await expect(card).toContainText(total);
  }
  await expect(card.getByText(/^(agrees|differs, explained)$/)).toBeVisible({ timeout: 60_000 });
  await checkAccess(page, "a reconciled month");
  await checkWidth(page, "a reconciled month");
});

test("a figure says that its month was reconciled", async () => {
  await goTo(page, "/costs?month=2026-10&by=service&interval=none");
  await page
    .getByRole("button", { name: /total: .*why this number/ })
    .first()
    .click();
  const why = page.getByRole("dialog", { name: "Why this number?" });
  await expect(why.getByRole("region", { name: "Reconciliation with the provider" })).toContainText(
    /agrees|differs, explained/,
  );
  await page.keyboard.press("Escape");
});

test("the range goes out as FOCUS, in CSV and in Parquet", async () => {
  for (const [format, magic] of [
    ["CSV", "BilledCost"],
    ["Parquet", "PAR1"],
  ] as const) {
    await goTo(page, "/costs?month=2026-10");
    await page.getByRole("button", { name: "Export FOCUS…" }).click();
    const dialog = page.getByRole("dialog", { name: "Export as FOCUS" });
    await dialog.getByRole("radio", { name: format }).check();
    const saving = page.waitForEvent("download");
    await dialog.getByRole("button", { name: /^Export October 2026/ }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(
      new RegExp(`FOCUS 2026-10-01 to 2026-10-31\\.${format.toLowerCase()}$`),
    );
    expect(readFileSync(await saved.path(), "latin1").slice(0, 4000)).toContain(magic);
    await expect(dialog).toBeHidden();
  }
});

test("the connection goes back to Cost Explorer, and its requests can be limited", async () => {
  const drawer = await openSource();
  await drawer.getByRole("button", { name: "Back to Cost Explorer" }).click();
  await expect(drawer).toContainText("The bill comes from Cost Explorer.");
  await drawer.getByRole("textbox", { name: "At most, a month" }).fill("500");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toContainText("of at most 500");
  await checkAccess(page, "a limit");
});

test("nothing on the way complained", () => {
  expect(complaints).toEqual([]);
});
