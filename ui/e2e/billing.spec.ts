import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { nameMonth } from "../src/shared/days";
import { draftMonth } from "./invoices";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
let page: Page;
let complaints: string[] = [];
/** A month of the made-up company whose bill is final. */
let month = "";
/** Whose invoice is followed through its life. */
let person = "";
let number = "";

type Brief = { id: number; number: string | null; state: string; total: string; for: { label: string } };

const invoices = (): Brief[] => program.ask("GET", `/invoices?month=${month}`).invoices;

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  program.run("init", "--sandbox");
  program.run("sync");
  month = program.finalMonth();
  const address = await program.serve();
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  ({ complaints } = await watch(page));
  await page.goto(address);
});
test.afterAll(async () => {
  await page.close();
  await program.end();
});

const list = () => page.getByRole("region", { name: "Invoices" });
const facts = () => page.getByRole("complementary", { name: "Facts" });
const menu = async (item: string) => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("a price is tried on a month before anybody is charged by it", async () => {
  await goTo(page, "/price-books");
  await expect(page.getByRole("heading", { name: "What things cost is what is charged" })).toBeVisible();
  await checkAccess(page, "no price books");
  await page.getByRole("button", { name: "New price book" }).click();
  const naming = page.getByRole("dialog", { name: "New price book" });
  await naming.getByRole("textbox", { name: "Name" }).fill("Standard");
  await naming.getByRole("textbox", { name: "Currency of its amounts" }).fill("USD");
  await naming.getByRole("combobox", { name: "Used for" }).click();
  await page.getByRole("option", { name: "Everyone" }).click();
  await naming.getByRole("textbox", { name: "Name" }).click();
  await naming.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Standard" })).toBeVisible();
  await goTo(page, `${new URL(page.url()).hash.slice(1).split("?")[0]}?month=${month}`);
  await page.getByRole("button", { name: "Add a price" }).first().click();
  const drawer = page.getByRole("dialog", { name: "Add a price" });
  await drawer.getByRole("textbox", { name: "Percent" }).fill("10");
  await drawer.getByRole("button", { name: /^Try on / }).click();
  await expect(drawer.getByRole("region", { name: /with this price$/ })).toContainText("10.0 %");
  await checkAccess(page, "a price");
  await drawer.getByRole("button", { name: "Add", exact: true }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("region", { name: "Prices" })).toContainText("10 % markup");
  await checkAccess(page, "a price book");
  await checkWidth(page, "a price book");
});

test("a month is drafted by it, and its cost and margin are seen by who may issue", async () => {
  await goTo(page, `/invoices?month=${month}`);
  await draftMonth(page, nameMonth(month));
  await expect(list()).toBeVisible();
  await expect(list().getByRole("columnheader", { name: "Margin" })).toBeVisible();
  await checkAccess(page, "drafts");
  await checkWidth(page, "drafts");
  const drafts = invoices();
  expect(drafts.length).toBeGreaterThan(2);
  person = drafts[0]?.for.label ?? "";
});

test("the document itself is seen in place, with its words to be read out", async () => {
  await list().getByRole("button", { name: person, exact: false }).first().click();
  const paper = page.getByRole("article", { name: `Draft for ${person}` });
  await expect(paper.getByRole("region", { name: /^Page 1 of \d+$/ })).toBeVisible();
  await expect(paper).toContainText(person);
  await expect(facts()).toContainText("Only you see this; it is on no paper.");
  await checkAccess(page, "a draft");
  await checkWidth(page, "a draft");
});

test("its lines say what they cost, what they earn and why they have their price", async () => {
  await page
    .locator("label")
    .filter({ hasText: /^\d+ lines?$/ })
    .click();
  const lines = page.getByRole("region", { name: "Lines" });
  await expect(lines.getByRole("columnheader", { name: "Margin" })).toBeVisible();
  await expect(lines).toContainText("10");
  await checkAccess(page, "an invoice's lines");
  await page.getByText("Document", { exact: true }).click();
});

test("a draft is given a purchase order and a line of one's own", async () => {
  await menu("Change details or add a line…");
  const drawer = page.getByRole("dialog", { name: "Change the draft" });
  await drawer.getByRole("textbox", { name: "Purchase order" }).fill("PO-4711");
  await drawer.getByRole("button", { name: "Another line" }).click();
  await drawer.getByRole("textbox", { name: "Text of line 1" }).fill("Setup, as agreed");
  await drawer.getByRole("textbox", { name: "Amount of line 1" }).fill("100");
  await checkAccess(page, "a draft to be changed");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await expect(facts()).toContainText("PO-4711");
  await expect(page.getByRole("article")).toContainText("Setup, as agreed");
});

test("a file is attached and taken away again", async () => {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach…" }).click();
  await (await choosing).setFiles({
    name: "time sheet.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("8 h"),
  });
  const attachments = page.getByRole("region", { name: "Attachments" });
  await expect(attachments).toContainText("time sheet.txt");
  await attachments.getByRole("button", { name: "Remove time sheet.txt" }).click();
  await expect(attachments).toContainText("No file is attached.");
});

test("all of the month is approved, then issued, in one go", async () => {
  await goTo(page, `/invoices?month=${month}`);
  await page.getByRole("button", { name: /^Approve all/ }).click();
  const approving = page.getByRole("dialog", { name: /^Approve \d+ invoices\?$/ });
  await approving.getByRole("button", { name: /^Approve \d+ invoices$/ }).click();
  await expect(approving).toBeHidden({ timeout: 60_000 });
  await page.getByRole("button", { name: /^Issue all/ }).click();
  const issuing = page.getByRole("dialog", { name: /^Issue \d+ invoices\?$/ });
  await checkAccess(page, "a batch");
  await issuing.getByRole("button", { name: /^Issue \d+ invoices$/ }).click();
  await expect(issuing).toBeHidden({ timeout: 60_000 });
  expect(invoices().every((one) => one.state === "issued")).toBe(true);
  number = invoices().find((one) => one.for.label === person)?.number ?? "";
  expect(number).not.toBe("");
  await page.getByText(/^Open \d+$/).click();
  await expect(list()).toContainText(number);
});

test("a payment is recorded, and one that was a mistake is taken back with a reason", async () => {
  await list().getByRole("button", { name: person, exact: false }).first().click();
  await page.getByRole("button", { name: "Record payment…" }).click();
  const dialog = page.getByRole("dialog", { name: "Record a payment" });
  await dialog.getByRole("textbox", { name: "Amount, USD" }).fill("1.00");
  await dialog.getByRole("textbox", { name: "Reference" }).fill("SEPA 88123");
  await checkAccess(page, "a payment");
  await dialog.getByRole("button", { name: "Record payment" }).click();
  await expect(dialog).toBeHidden();
  await expect(facts()).toContainText("Partly paid");
  await page.getByRole("button", { name: /^Take back the payment/ }).click();
  const removing = page.getByRole("dialog", { name: "Take this payment back?" });
  await removing.getByRole("textbox", { name: "Why" }).fill("Another customer's");
  await removing.getByRole("button", { name: "Take it back" }).click();
  await expect(removing).toBeHidden();
  await expect(facts()).toContainText("Another customer's");
  await page.getByRole("button", { name: "Record payment…" }).click();
  await dialog.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText(`${number} is paid`)).toBeVisible();
  await checkAccess(page, "a paid invoice");
});

test("the statement of account says what that leaves", async () => {
  await menu("Statement of account");
  await expect(page.getByRole("heading", { level: 1, name: `Account of ${person}` })).toBeVisible();
  const account = page.getByRole("region", { name: "Account in USD" });
  await expect(account).toContainText(number);
  await expect(account).toContainText("Payment");
  await checkAccess(page, "an account");
  await checkWidth(page, "an account");
});

test("an issued invoice is credited by another document, which names it", async () => {
  const other = invoices().find((one) => one.for.label !== person);
  if (other === undefined) throw new Error("only one invoice was made");
  await goTo(page, `/invoices/${other.id}`);
  await menu("Credit…");
  const dialog = page.getByRole("dialog", { name: `Credit ${other.number}` });
  await dialog.getByRole("textbox", { name: "Why" }).fill("Agreed with the customer");
  await checkAccess(page, "a credit");
  await dialog.getByRole("button", { name: "Draft the credit note" }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole("heading", { level: 1, name: `Draft of a credit note for ${other.for.label}` }),
  ).toBeVisible();
  await expect(facts().getByRole("region", { name: "Related documents" })).toContainText(other.number ?? "");
  await page.getByRole("button", { name: "Issue…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Issue invoice" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Credit note / })).toBeVisible();
  await goTo(page, `/invoices/${other.id}`);
  await expect(facts()).toContainText("Credited");
});

test("what was issued is proven from the window", async () => {
  await goTo(page, `/invoices?month=${month}`);
  await menu("Prove all invoices…");
  const dialog = page.getByRole("dialog", { name: "Prove all invoices" });
  await dialog.getByRole("button", { name: "Prove", exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText("All of it holds");
  await checkAccess(page, "the proof");
  await page.keyboard.press("Escape");
});

test("what is overdue is listed over all months", async () => {
  await goTo(page, "/invoices?view=overdue");
  await expect(page.getByRole("heading", { level: 1, name: "Invoices" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  await checkAccess(page, "what is overdue");
});

test("a buyer is added with an address, and had back after being removed", async () => {
  await goTo(page, "/settings/buyers");
  await page.getByRole("button", { name: "Add a buyer" }).click();
  const drawer = page.getByRole("dialog", { name: "Add a buyer" });
  await drawer.getByRole("combobox", { name: "Invoices of" }).click();
  await page.getByRole("option", { name: person, exact: true }).first().click();
  await drawer.getByRole("textbox", { name: "Name", exact: true }).fill("شركة المثال Ltd");
  await drawer.getByRole("combobox", { name: "Country" }).fill("Germ");
  await page.getByRole("option", { name: "Germany" }).click();
  await checkAccess(page, "a buyer");
  await drawer.getByRole("button", { name: "Add", exact: true }).click();
  await expect(drawer).toBeHidden();
  const buyers = page.getByRole("region", { name: "Buyers" });
  await expect(buyers).toContainText("شركة المثال Ltd");
  await checkAccess(page, "buyers");
  await checkWidth(page, "buyers");
  await buyers.locator("[data-nav]").first().click();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(buyers).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(buyers).toContainText("شركة المثال Ltd");
});

test("an exchange rate is entered with its day and source", async () => {
  await goTo(page, "/settings/rates");
  await page.getByRole("button", { name: "Add a rate" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an exchange rate" });
  await dialog.getByRole("textbox", { name: "Is", exact: true }).fill("0.9204");
  await dialog.getByRole("textbox", { name: "Where it is from" }).fill("Our bank");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toBeHidden();
  const rates = page.getByRole("region", { name: "Exchange rates" });
  await expect(rates).toContainText("0.9204");
  await expect(rates).toContainText("Our bank");
  await checkAccess(page, "exchange rates");
});

test("a tax table is changed for this workspace, and given back", async () => {
  await goTo(page, "/settings/taxes");
  const tables = page.getByRole("region", { name: "Tax tables" });
  await tables.getByRole("button", { name: /^Germany/ }).click();
  const drawer = page.getByRole("dialog", { name: "Taxes of Germany" });
  await checkAccess(page, "a tax table");
  await drawer.getByRole("textbox", { name: "Where it is from" }).fill("Our tax adviser");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await expect(tables.getByRole("row", { name: /Germany/ })).toContainText("Our tax adviser");
  await tables.getByRole("button", { name: /^Germany/ }).click();
  await drawer.getByRole("button", { name: "Take the program's own" }).click();
  await expect(drawer).toBeHidden();
  await expect(tables.getByRole("row", { name: /Germany/ })).not.toContainText("Our tax adviser");
});

test("a service is taxed otherwise from the next draft on", async () => {
  await goTo(page, "/settings/taxes");
  await page.getByRole("button", { name: "Lines taxed otherwise…" }).click();
  const drawer = page.getByRole("dialog", { name: "Lines taxed otherwise" });
  const first = drawer.getByRole("region", { name: "Rule 1" });
  await first.getByRole("textbox", { name: "Named" }).fill("*");
  await first.getByRole("combobox", { name: "Taxed" }).click();
  await page.getByRole("option", { name: "Exempt" }).click();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(first).toContainText("The invoice has to say why no tax is charged");
  await first.getByRole("textbox", { name: "Why" }).fill("Agreed with the tax office");
  await checkAccess(page, "tax rules");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("button", { name: "Lines taxed otherwise: 1" })).toBeVisible();
  await checkWidth(page, "taxes with a rule");
  expect(program.ask("GET", "/tax-rules").rules).toEqual([
    { service: "*", kind: null, category: "exempt", reason: "Agreed with the tax office" },
  ]);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByRole("button", { name: "Lines taxed otherwise…" })).toBeVisible();
  expect(program.ask("GET", "/tax-rules").rules).toEqual([]);
});

test("a month goes out as a report in the language of its reader", async () => {
  await goTo(page, `/?month=${month}`);
  await page.getByRole("button", { name: "Report…" }).click();
  const dialog = page.getByRole("dialog", { name: `${nameMonth(month)} on paper` });
  await dialog.getByRole("radio", { name: "Savings" }).check();
  await dialog.getByRole("combobox", { name: "Language" }).click();
  await page.getByRole("option", { name: "German" }).click();
  await checkAccess(page, "reports");
  const saving = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save PDF" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(new RegExp(`savings ${month}\\.pdf$`));
  // What the file says of itself is read without unpacking its pages.
  expect(readFileSync(await saved.path(), "latin1")).toContain("/Lang(de)");
  await expect(dialog).toBeHidden();
});

test("a phone shows an invoice without scrolling sideways", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  const first = invoices()[0];
  for (const path of [
    `/invoices/${first?.id}`,
    `/invoices/${first?.id}?show=lines`,
    `/invoices?month=${month}`,
  ]) {
    await goTo(page, path);
    await checkWidth(page, path);
  }
});

test("nothing on the way complained", () => {
  expect(complaints).toEqual([]);
});
