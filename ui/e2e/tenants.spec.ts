import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
let page: Page;
let complaints: string[] = [];

const NAME = "Umbrella GmbH";
const tab = (name: string) =>
  page.getByRole("radiogroup", { name: "What is shown" }).getByText(name, { exact: true });

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  program.run("init", "--sandbox");
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

test("a tenant is set up from a name alone", async () => {
  await goTo(page, "/tenants");
  await checkAccess(page, "tenants");
  await page.getByRole("button", { name: "New tenant" }).click();
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(NAME);
  await checkAccess(page, "a new tenant");
  await dialog.getByRole("button", { name: "Set it up" }).click();
  await expect(dialog).toBeHidden();
  const list = page.getByRole("region", { name: "Tenants" });
  const row = list.getByRole("row", { name: new RegExp(NAME) });
  await expect(row).toContainText("Active", { timeout: 60_000 });
  await checkWidth(page, "tenants");
  await list.getByRole("button", { name: new RegExp(`^${NAME}`) }).click();
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();
});

test("files that were brought lie in its folder, and can be looked at and renamed", async () => {
  const file = join(program.folder, "orders.csv");
  writeFileSync(file, "order,amount\n1,20.00\n");
  program.run("upload", file, "--to", "umbrella-gmbh");
  await page.getByRole("button", { name: "Look again" }).click();
  const files = page.getByRole("region", { name: "Files" });
  await files.getByRole("button", { name: "orders.csv", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "orders.csv" });
  await expect(drawer).toContainText("order,amount");
  await checkAccess(page, "a file");
  await page.keyboard.press("Escape");
  await files.getByRole("button", { name: "What to do with orders.csv" }).click();
  await page.getByRole("menuitem", { name: "Rename or move…" }).click();
  const naming = page.getByRole("dialog", { name: "Rename orders.csv" });
  await naming.getByRole("textbox", { name: "Name with its folders" }).fill("2026/orders.csv");
  await naming.getByRole("button", { name: "Rename" }).click();
  await expect(naming).toBeHidden();
  await files.getByRole("button", { name: /^Folder ?2026$/ }).click();
  await expect(files.getByRole("button", { name: "orders.csv", exact: true })).toBeVisible();
  await checkAccess(page, "a folder");
  await checkWidth(page, "a folder");
});

test("a file is saved to its last byte, however large it is", async () => {
  const file = join(program.folder, "large.bin");
  // More than is fetched of a file that is only looked at.
  const bytes = randomBytes(9_000_000);
  writeFileSync(file, bytes);
  program.run("upload", file, "--to", "umbrella-gmbh/2026");
  await page.getByRole("button", { name: "Look again" }).click();
  const files = page.getByRole("region", { name: "Files" });
  await files.getByRole("button", { name: "What to do with large.bin" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save…" }).click();
  const saved = readFileSync(await (await saving).path());
  expect(saved.equals(bytes)).toBe(true);
  await files.getByRole("button", { name: "What to do with large.bin" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(files.getByRole("button", { name: "What to do with large.bin" })).toHaveCount(0);
});

test("a PDF is looked at page by page, and what is none says so", async () => {
  const files = page.getByRole("region", { name: "Files" });
  const [paper, fake] = [join(program.folder, "tenants.pdf"), join(program.folder, "torn.pdf")];
  program.run("export", "tenants", "--out", paper);
  writeFileSync(fake, "nothing of a PDF");
  program.run("upload", paper, fake, "--to", "umbrella-gmbh/2026");
  await page.getByRole("button", { name: "Look again" }).click();
  await files.getByRole("button", { name: "tenants.pdf", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "tenants.pdf" });
  await expect(drawer.getByRole("region", { name: "Page 1 of 1" })).toContainText(NAME);
  await checkAccess(page, "a PDF");
  await page.keyboard.press("Escape");
  await files.getByRole("button", { name: "torn.pdf", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "torn.pdf" })).toContainText("cannot be read as a PDF");
  await page.keyboard.press("Escape");
  for (const name of ["tenants.pdf", "torn.pdf"]) {
    await files.getByRole("button", { name: `What to do with ${name}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(files.getByRole("button", { name: `What to do with ${name}` })).toHaveCount(0);
  }
});

test("a file that was deleted is had back in one click", async () => {
  const files = page.getByRole("region", { name: "Files" });
  await files.getByRole("button", { name: "What to do with orders.csv" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByText("Nothing lies here")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(files.getByRole("button", { name: "orders.csv", exact: true })).toBeVisible();
});

test("every file that arrived has a receipt", async () => {
  await tab("Transfers").click();
  const transfers = page.getByRole("list", { name: "Transfers" });
  await expect(transfers).toContainText("Arrived");
  await checkAccess(page, "transfers");
  await transfers
    .getByRole("button", { name: /^Export Receipts of/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: /^Export: Receipts of/ });
  await dialog.getByRole("radio", { name: "CSV" }).check();
  const saving = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  const saved = readFileSync(await (await saving).path(), "utf8");
  // That the sandbox's rows are made up is said in each.
  expect(saved).toMatch(/^\uFEFF?Path,Bucket,Key,Bytes,CRC-64\/NVME,SHA-256,/);
  expect(saved).toContain("tenants.pdf");
  await expect(dialog).toBeHidden();
});

test("a user is added with a key that is made here and saved once", async () => {
  await tab("Users").click();
  await page.getByRole("button", { name: "Add a user" }).first().click();
  const drawer = page.getByRole("dialog", { name: `Add a user to ${NAME}` });
  await drawer.getByRole("textbox", { name: "Name to sign in with" }).fill("umbrella-import");
  const saving = page.waitForEvent("download");
  await drawer.getByRole("button", { name: "Make a pair of keys…" }).click();
  expect((await saving).suggestedFilename()).toBe("umbrella-import.pem");
  await expect(drawer.getByRole("textbox", { name: "Public keys" })).toHaveValue(/^ssh-ed25519 /);
  await checkAccess(page, "a user of a tenant");
  await drawer.getByRole("button", { name: "Add", exact: true }).click();
  await expect(drawer).toBeHidden();
  const users = page.getByRole("region", { name: "Users" });
  await expect(users.getByRole("row", { name: /umbrella-import/ })).toContainText("May sign in");
  await checkAccess(page, "users of a tenant");
  await checkWidth(page, "users of a tenant");
});

test("that it is shut in is tried, and what AWS has is held against what was set", async () => {
  await tab("Settings").click();
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Nothing leads out of it");
  await expect(page.getByText("Everything is as it was set.")).toBeVisible();
  await checkAccess(page, "settings of a tenant");
});

test("nobody signs in to a suspended tenant, and one click takes that back", async () => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Suspend: nobody signs in" }).click();
  await expect(page.getByText("Suspended", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
});

test("a tenant is removed after its short name was typed", async () => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const dialog = page.getByRole("dialog", { name: `Remove ${NAME}?` });
  await expect(dialog.getByRole("list", { name: "What goes" })).toContainText("1 user");
  await checkAccess(page, "removing a tenant");
  await dialog.getByRole("textbox", { name: /^Type / }).fill("umbrella-gmbh");
  await dialog.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("row", { name: new RegExp(NAME) })).toHaveCount(0, { timeout: 60_000 });
});

test("nothing on the way complained", () => {
  expect(complaints).toEqual([]);
});
