import { expect, test } from "@playwright/test";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, PLACES, watch } from "./watch";

const program = new Program();
let address = "";

test.beforeAll(async () => {
  test.setTimeout(180_000);
  program.run("init", "--sandbox");
  program.run("sync");
  address = await program.serve();
});
test.afterAll(() => program.end());

for (const colorScheme of ["light", "dark"] as const) {
  test(`every place is drawn, reachable and readable in ${colorScheme} colours`, async ({ browser }) => {
    test.setTimeout(240_000);
    const page = await browser.newPage({ colorScheme });
    const seen = await watch(page);
    await page.goto(address);
    await expect(page.getByText("Demo data").first()).toBeVisible();
    for (const [path, title] of PLACES) {
      await goTo(page, path);
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
      await expect(page.getByRole("alert")).toHaveCount(0);
      await checkAccess(page, `${path} in ${colorScheme}`);
      await checkWidth(page, path);
    }
    expect(seen.complaints).toEqual([]);
    await page.close();
  });
}

test("a phone shows every place without scrolling sideways", async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(address);
  for (const [path, title] of PLACES) {
    await goTo(page, path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await checkWidth(page, path);
  }
  await page.getByRole("button", { name: "Places" }).click();
  await page.getByRole("link", { name: "Invoices" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invoices" })).toBeVisible();
  await page.close();
});

test("a figure leads down to the lines of the bill it is made of", async ({ page }) => {
  await page.goto(address);
  await page.getByRole("link", { name: "Costs", exact: true }).click();
  await expect(page).toHaveURL(/#\/costs/);
  const table = page.getByRole("region", { name: /Costs by service/ });
  await table
    .getByRole("button", { name: /total: .*why this number/ })
    .first()
    .click();
  const number = page.getByRole("dialog", { name: /Why this number/ });
  await expect(number.getByText("Where it comes from")).toBeVisible();
  await number.getByRole("link", { name: "Show the charges" }).click();
  await expect(page).toHaveURL(/#\/charges\?.*service=/);
  await page.getByTestId("charges").locator("[data-nav]").first().click();
  const why = page.getByRole("dialog", { name: "Why this charge" });
  await expect(why.getByText("Where it comes from")).toBeVisible();
  await expect(why.getByText(/northwind-focus/).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();
  await page.goBack();
});

test("a view lives in its address", async ({ page }) => {
  await page.goto(address);
  await goTo(page, "/costs?by=person&interval=month&metric=effective");
  await expect(page.getByRole("heading", { name: "Effective cost by person" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Effective cost by person" })).toBeVisible();
  await expect(page.getByRole("region", { name: /Costs by person/ })).toContainText("Unowned");
});

test("Ctrl-K finds a person, and their month is there", async ({ page }) => {
  const person = (JSON.parse(program.run("people", "list", "--json")) as { people: { name: string }[] })
    .people[0];
  if (person === undefined) throw new Error("the sandbox has no people");
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page
    .getByRole("textbox", { name: "Find anything" })
    .or(page.getByPlaceholder(/^Find a page/))
    .first()
    .fill(person.name);
  await page.getByRole("button", { name: person.name }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByTestId("statement-total").first()).toContainText("$");
});

test("the price of a sync is shown before it runs", async ({ page }) => {
  await page.goto(address);
  await goTo(page, "/settings/clients");
  await page.getByRole("button", { name: "Test" }).first().click();
  await expect(page.getByRole("status").filter({ hasText: "✓" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Sync…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Sync with AWS" });
  await expect(dialog.getByText(/\$0\.\d\d/).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("region", { name: "Tasks" })).toBeVisible();
});
