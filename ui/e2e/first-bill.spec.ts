import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type FileChooser, type Page, test } from "@playwright/test";
import { focusBill } from "./bill";
import { draftMonth } from "./invoices";
import { FOCUS_SAMPLE, Program } from "./program";
import { checkAccess, checkWidth, goTo, PLACES, watch } from "./watch";

const program = new Program();
let address = "";
let page: Page;
let complaints: string[] = [];

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  program.run("init");
  address = await program.serve();
  page = await browser.newPage();
  ({ complaints } = await watch(page));
  await page.goto(address);
});
test.afterAll(async () => {
  await page.close();
  await program.end();
});

async function importFiles(files: Parameters<FileChooser["setFiles"]>[0]): Promise<void> {
  await goTo(page, "/data");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import file…" }).first().click();
  await (await choosing).setFiles(files);
  await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
}

test("an empty workspace says how to begin", async () => {
  await expect(page.getByRole("heading", { name: "No bill is loaded yet" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Import a bill" })).toBeVisible();
});

test("every empty place says what will be there", async () => {
  for (const [path, title] of PLACES) {
    await goTo(page, path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await checkAccess(page, `${path}, empty`);
    await checkWidth(page, path);
  }
});

test("a real bill comes in and its figures are exact", async () => {
  await importFiles(FOCUS_SAMPLE);
  const notice = page.getByRole("alert").filter({ hasText: /billing periods .* new/ });
  await expect(notice).toBeVisible();
  // It covers none of the buttons of the tasks.
  const [above, tasks] = await Promise.all([
    notice.boundingBox(),
    page.getByRole("region", { name: "Tasks" }).boundingBox(),
  ]);
  expect((above?.y ?? Infinity) + (above?.height ?? 0)).toBeLessThanOrEqual(tasks?.y ?? 0);
  await expect(page.getByRole("region", { name: "Billing periods" })).toContainText("Sep 2024");
  await goTo(page, "/costs?from=2024-08-01&to=2024-10-31&by=provider&interval=none&compare=false");
  const table = page.getByRole("region", { name: /Costs by provider/ });
  // Usage of 20.62033861840 less a credit of 2.61370000000, kept to the nano and shown to the cent.
  for (const [provider, shown, exact] of [
    ["AWS", "18.01", "18.006638618"],
    ["Microsoft", "1.98", "1.976514186"],
    ["Oracle", "0.54", "0.537073925"],
  ]) {
    const figure = table.getByRole("button", { name: `${provider}, total: ${shown}, why this number?` });
    await expect(figure).toHaveText(shown ?? "");
    await expect(figure.getByTitle(exact ?? "")).toBeVisible();
  }
});

test("credits stand below nought", async () => {
  await goTo(page, "/costs?from=2024-08-01&to=2024-10-31&by=category&interval=none&compare=false");
  await expect(page.getByRole("region", { name: /Costs by category/ })).toContainText("−2.61");
});

test("a file imported twice changes nothing, and says so", async () => {
  await importFiles(FOCUS_SAMPLE);
  await expect(page.getByText(/billing periods .* unchanged/)).toBeVisible();
});

test("a file with bad rows is refused by line, until the person says import the rest", async () => {
  const bill = focusBill([
    { ProviderName: "Elsewhere", BilledCost: "2.50" },
    { ProviderName: "Elsewhere", BilledCost: "twelve" },
  ]);
  await importFiles({ name: "bad.csv", mimeType: "text/csv", buffer: bill });
  const refused = page.getByRole("dialog").filter({ hasText: "What is wrong" });
  await expect(refused.getByRole("cell", { name: "3", exact: true })).toBeVisible();
  await expect(refused.getByRole("cell", { name: "BilledCost" })).toBeVisible();
  await refused.getByRole("button", { name: "Import the rest without this row" }).click();
  await expect(page.getByText(/bad\.csv: billing periods 1 new/)).toBeVisible();
  await page
    .getByRole("region", { name: "Billing periods" })
    .getByRole("row", { name: /bad\.csv/ })
    .click();
  await page.getByRole("list", { name: "Versions" }).getByRole("button", { name: "Details" }).first().click();
  const details = page.getByRole("dialog", { name: "September 2024" });
  await expect(details.getByText("Rows left out by decision")).toBeVisible();
  await expect(details.getByText("line 3")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("a file may be dropped anywhere, and nothing happens before it is said so", async () => {
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["a,b\n1,2\n"], "not-a-bill.csv", { type: "text/csv" }));
    return transfer;
  });
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await expect(page.getByText("Drop to import")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  await expect(page.getByText("Drop to import")).toBeHidden();
  const dialog = page.getByRole("dialog", { name: "Import a bill" });
  await expect(dialog).toContainText("not-a-bill.csv");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not-a-bill.csv" }).first()).toBeVisible();
});

test("what somebody owns becomes their month", async () => {
  await goTo(page, "/people");
  await page.getByRole("button", { name: "Add a person" }).first().click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Ada Lovelace");
  await page.getByRole("dialog").getByRole("textbox", { name: "Email" }).fill("ada@example.com");
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("region", { name: "People" })).toContainText("Ada Lovelace");

  await goTo(page, "/rules");
  await page.getByRole("button", { name: "New rule" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New ownership rule" });
  await dialog.getByText("Service", { exact: true }).click();
  await dialog.getByRole("combobox", { name: "Service" }).fill("Amazon*");
  await dialog.getByRole("combobox", { name: "Belongs to" }).click();
  await page.getByRole("option", { name: "Ada Lovelace" }).click();
  await expect(dialog.getByRole("region", { name: "What changes hands" })).toContainText("now nobody's");
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByText(/charges changed hands/)).toBeVisible();

  await goTo(page, "/people?month=2024-09");
  await page.getByRole("button", { name: "Ada Lovelace" }).click();
  await expect(page.getByTestId("statement-total")).toContainText("$");
});

test("a resource found by its name changes hands, and back", async () => {
  await goTo(page, "/resources?month=2024-09");
  const list = page.getByRole("region", { name: "Resources" });
  const name = await list.locator("[data-nav]").first().textContent();
  await page.getByRole("textbox", { name: "Search resources" }).fill(name ?? "");
  await expect(page).toHaveURL(/search=/);
  await list.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Assign…" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign resources" });
  await dialog.getByRole("combobox", { name: "Belongs to" }).click();
  await page.getByRole("option", { name: "Ada Lovelace" }).click();
  await expect(dialog.getByRole("region", { name: "What changes hands" })).toContainText("charge");
  await dialog.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await goTo(page, "/rules");
  await expect(page.getByRole("region", { name: "Ownership rules" }).locator("tbody tr")).toHaveCount(1);
});

test("a month becomes a draft, an invoice and a PDF", async () => {
  await goTo(page, "/invoices?month=2024-09");
  await draftMonth(page, "September 2024");
  await page.getByRole("region", { name: "Invoices" }).getByRole("button", { name: "Ada Lovelace" }).click();
  await expect(page.getByRole("article", { name: "Draft for Ada Lovelace" })).toContainText("Ada Lovelace");
  await page.getByRole("button", { name: "Issue…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Issue invoice" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Invoice / })).toBeVisible();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save PDF" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/Ada Lovelace 2024-09\.pdf$/);
  expect(
    readFileSync(await saved.path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("the table goes out as a workbook, as CSV with amounts to their last digit, and as paper", async () => {
  await goTo(page, "/costs?from=2024-08-01&to=2024-10-31&by=provider&interval=none&compare=false");
  for (const [format, begins] of [
    ["Excel", "PK"],
    ["CSV", "\uFEFFProvider,Provider key,Currency,"],
    ["PDF", "%PDF-"],
  ] as const) {
    await page.getByRole("button", { name: "Export Costs by provider in USD" }).click();
    const dialog = page.getByRole("dialog", { name: "Export: Costs by provider in USD" });
    await dialog.getByRole("radio", { name: format }).check();
    const saving = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Export", exact: true }).click();
    const file = readFileSync(await (await saving).path());
    expect(file.toString("utf8").startsWith(begins)).toBe(true);
    if (format === "CSV") expect(file.toString("utf8")).toContain(",18.006638618");
    await expect(dialog).toBeHidden();
  }
});

test("the workspace is verified and backed up from its settings", async () => {
  await goTo(page, "/settings/workspace");
  await page.getByRole("button", { name: "Verify the workspace" }).click();
  const checks = page.getByRole("status", { name: "Checks" });
  await expect(checks.getByLabel("Right").first()).toBeVisible();
  await expect(checks.getByLabel("Wrong")).toHaveCount(0);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a backup…" }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.tallybackup$/);
});

test("while one bill is read others wait, and one that waits or is read can be stopped", async () => {
  // Large enough to be read for as long as somebody needs for what follows, several times over.
  const [head, row] = focusBill([{ ResourceId: "i-0" }])
    .toString()
    .split("\n");
  const rows = Array.from({ length: 250_000 }, (_, at) => row?.replace("i-0", `i-${at}`));
  const large = join(program.folder, "large.csv");
  writeFileSync(large, [head, ...rows].join("\n"));
  await importFiles(large);
  const tasks = page.getByRole("region", { name: "Tasks" });
  await expect(tasks.getByText(/^Reading/)).toBeVisible({ timeout: 60_000 });
  await importFiles(
    ["second", "third"].map((name) => ({
      name: `${name}.csv`,
      mimeType: "text/csv",
      buffer: focusBill([{ BillingAccountId: name }]),
    })),
  );
  await tasks.getByRole("button", { name: /more$/ }).click();
  const waiting = tasks.getByText("Waiting its turn");
  await expect(waiting).toHaveCount(2);
  const line = (text: string) =>
    tasks.locator("div", { hasText: text, has: page.getByRole("button", { name: "Cancel" }) }).last();
  await line("third.csv").getByRole("button", { name: "Cancel" }).click();
  await expect(waiting).toHaveCount(1);
  await line("large.csv").getByRole("button", { name: "Cancel" }).click();
  await expect(tasks.getByText("Cancelled")).toHaveCount(2, { timeout: 60_000 });
  // The one that was let be has had its turn.
  await expect(tasks.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  const periods = page.getByRole("region", { name: "Billing periods" });
  await expect(periods).toContainText("second.csv");
  await expect(periods).not.toContainText("third.csv");
  await expect(periods).not.toContainText("large.csv");
});

test("nothing on the way complained", () => {
  expect(complaints).toEqual([]);
});
