import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { nameMonth } from "../src/shared/days";
import { draftMonth, Mailbox } from "./invoices";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
const post = new Mailbox();
let page: Page;
let complaints: string[] = [];
/** A month of the made-up company whose bill is final, with another before it. */
let month = "";

type Brief = {
  id: number;
  number: string;
  state: string;
  for: { label: string };
  sent: { state: string } | null;
};

const invoices = (): Brief[] => program.ask("GET", `/invoices?month=${month}`).invoices;
const dialog = (name: string | RegExp) => page.getByRole("dialog", { name });

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  program.run("init", "--sandbox", "--people", "50");
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
  post.close();
});

test("a month is compared with the one before it as soon as it is drafted", async () => {
  await goTo(page, `/invoices?month=${month}`);
  await draftMonth(page, nameMonth(month));
  await expect(page.getByRole("region", { name: "Invoices" })).toBeVisible();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Side by side with the month before" }).click();
  const table = page.getByRole("region", { name: `${nameMonth(month)} beside the month before` });
  await expect(table.locator("tbody tr")).not.toHaveCount(0);
  await checkAccess(page, "a month beside the one before");
  await checkWidth(page, "a month beside the one before");
});

test("fifty are issued as one piece of work, and what cannot be sent yet says why", async () => {
  await goTo(page, `/invoices?month=${month}`);
  await page.getByRole("button", { name: /^Issue all/ }).click();
  const issuing = dialog("Issue 50 invoices?");
  await issuing.getByRole("button", { name: "Issue 50 invoices" }).click();
  await expect(issuing.getByRole("status")).toContainText(/\d+ of 50 invoices/);
  await expect(issuing).toBeHidden({ timeout: 120_000 });
  expect(invoices().every(({ state }) => state === "issued")).toBe(true);
  const [first] = invoices();
  await goTo(page, `/invoices/${first?.id}`);
  await page.getByRole("button", { name: "Send…" }).click();
  await expect(dialog(`Send ${first?.number}`).getByRole("note")).toContainText("channel");
  await checkAccess(page, "a mail that cannot go");
  await page.keyboard.press("Escape");
});

test("a channel is chosen for invoices, and a buyer has an address for them", async () => {
  const port = await post.open();
  const settings = {
    host: "127.0.0.1",
    port,
    security: "none",
    from: "bills@example.com",
    to: ["a@example.com"],
  };
  program.ask("POST", "/channels", { kind: "mail", name: "Bills", settings });
  await goTo(page, "/settings/workspace");
  const copies = page.getByRole("combobox", { name: "Copies to" });
  await copies.fill("archive@example.com");
  await copies.press("Enter");
  await expect(page.getByText("Invoices go out like that from now on")).toBeVisible();
  await checkAccess(page, "how invoices are sent");
  await goTo(page, "/settings/buyers");
  const [first] = invoices();
  await page.getByRole("button", { name: "Add a buyer" }).click();
  const drawer = dialog("Add a buyer");
  await drawer.getByRole("combobox", { name: "Invoices of" }).click();
  await page
    .getByRole("option", { name: first?.for.label ?? "", exact: true })
    .first()
    .click();
  await drawer.getByRole("textbox", { name: "Invoices are sent to" }).fill("first@example.com");
  await drawer.getByRole("button", { name: "Add", exact: true }).click();
  await expect(drawer).toBeHidden();
});

test("an invoice is sent as it was written, and the page says where it went", async () => {
  const [first] = invoices();
  await goTo(page, `/invoices/${first?.id}`);
  await page.getByRole("button", { name: "Send…" }).click();
  const letter = dialog(`Send ${first?.number}`);
  await expect(letter).toContainText("first@example.com");
  await letter.getByRole("textbox", { name: "Subject" }).fill("Your invoice, as agreed");
  await checkAccess(page, "a mail");
  await letter.getByRole("button", { name: "Send", exact: true }).click();
  await expect(letter).toBeHidden();
  const log = page.getByRole("region", { name: "Sent", exact: true });
  await expect(log).toContainText("first@example.com");
  await expect.poll(() => post.mails.length).toBe(1);
  expect(post.mails[0]?.to).toEqual(["first@example.com", "archive@example.com"]);
  expect(post.mails[0]?.content).toContain("Subject: Your invoice, as agreed");
  expect(post.mails[0]?.content).toContain("application/pdf");
  await checkAccess(page, "an invoice that was sent");
});

test("what a mail server refuses stands on the invoice in its own words", async () => {
  const [first] = invoices();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Send again…" }).click();
  const letter = dialog(`Send ${first?.number}`);
  const to = letter.getByRole("combobox", { name: "To" });
  await to.press("Backspace");
  await to.fill("nobody@example.com");
  await to.press("Enter");
  await letter.getByRole("button", { name: "Send again" }).click();
  await expect(letter).toBeHidden();
  await expect(page.getByRole("region", { name: "Sent", exact: true })).toContainText(
    "There is no such mailbox",
  );
});

test("the others are sent in one go, and the work goes on when the page is left", async () => {
  await goTo(page, `/invoices?month=${month}`);
  await page.getByRole("button", { name: /^Send / }).click();
  const sending = dialog(/^Send \d+ invoices?\?$/);
  await checkAccess(page, "a batch to be sent");
  await sending.getByRole("button", { name: /^Send \d+ invoices?$/ }).click();
  await goTo(page, "/costs");
  const tasks = page.getByRole("region", { name: "Tasks" });
  await expect(tasks.getByText("Done").last()).toBeVisible({ timeout: 120_000 });
  await tasks.getByRole("button", { name: "Details" }).last().click();
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await checkAccess(page, "what became of a batch");
  await page.keyboard.press("Escape");
});

test("a statement of account is saved as a document", async () => {
  const { id, kind } = program.ask("GET", `/invoices/${invoices()[0]?.id}`).for;
  await goTo(page, `/invoices/account?for=${kind}:${id}`);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save PDF" }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.pdf$/);
});

test("a price book is read from a file, and what is wrong with one is told by line", async () => {
  await goTo(page, "/price-books");
  const open = async (content: string) => {
    const file = join(program.folder, "Standard.csv");
    writeFileSync(file, content);
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open a file…" }).click();
    await (await choosing).setFiles(file);
    await dialog("Read Standard.csv").getByRole("button", { name: "Create" }).click();
  };
  await open("scope,kind,percent\nall,markup,much\n");
  await expect(dialog("Read Standard.csv").getByRole("alert")).toContainText(/line 2/i);
  await page.keyboard.press("Escape");
  await open("scope,kind,percent\nall,markup,10\n");
  await expect(page.getByRole("heading", { level: 1, name: "Standard" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Prices" })).toContainText("10 % markup");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Save as TOML…" }).click();
  expect((await saving).suggestedFilename()).toBe("Standard.toml");
});

test("the month's drafts are put on a schedule", async () => {
  await goTo(page, "/settings/schedules");
  const list = page.getByRole("list", { name: "Schedules" });
  await list.getByRole("button", { name: /^Change….*invoices/i }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("switch", { name: "Runs by itself" }).click();
  await drawer.getByRole("combobox", { name: "On day" }).click();
  await page.getByRole("option", { name: "5", exact: true }).click();
  await checkAccess(page, "a schedule of invoices");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(list).toContainText("5");
  expect(
    program.ask("GET", "/schedules").schedules.find(({ id }: { id: string }) => id === "invoices"),
  ).toMatchObject({
    cron: expect.stringContaining(" 5 * *"),
    enabled: true,
  });
});

test("nothing on the way complained", () => {
  // A refused file is an answer with a status; the browser writes it down.
  expect(complaints.filter((one) => !/status of 422/.test(one))).toEqual([]);
});
