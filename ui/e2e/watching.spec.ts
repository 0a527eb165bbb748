import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { Program } from "./program";
import { checkAccess, checkWidth, goTo, watch } from "./watch";

const program = new Program();
let page: Page;
let complaints: string[] = [];
/** The newest month of the made-up company. */
let month = "";

const KEY = "a key of more than sixteen characters";
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let receiver: Server;

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.end("ok");
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  program.run("init", "--sandbox");
  program.run("sync");
  month = program.ask("GET", "/overview").month;
  const address = await program.serve();
  page = await browser.newPage();
  ({ complaints } = await watch(page));
  await page.goto(address);
});
test.afterAll(async () => {
  await page.close();
  receiver.close();
  await program.end();
});

test("a place without budgets says what one is for", async () => {
  await goTo(page, "/budgets");
  await expect(page.getByRole("heading", { name: "No budget yet" })).toBeVisible();
  await checkAccess(page, "no budgets");
});

test("what the sync found unusual waits in the inbox, and leads to its cause", async () => {
  await goTo(page, "/alerts");
  const inbox = page.getByRole("list", { name: "Alerts" });
  await inbox
    .getByRole("link", { name: /^Open: / })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Unusual spend" })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("a budget is set with the limit that history suggests, and says how it stands", async () => {
  await goTo(page, "/budgets");
  await page.getByRole("button", { name: "Set a budget" }).first().click();
  const drawer = page.getByRole("dialog", { name: "Set a budget" });
  await drawer.getByRole("textbox", { name: "Name" }).fill("The whole company");
  await drawer.getByRole("combobox", { name: "For" }).click();
  await page.getByRole("option", { name: "Everything" }).click();
  await drawer.getByRole("button", { name: "Suggest from history" }).click();
  const suggestion = drawer.getByRole("status", { name: "Suggestion" });
  await expect(suggestion).toContainText("$");
  await checkAccess(page, "a budget to be set");
  await suggestion.getByRole("button", { name: "Use it" }).click();
  await drawer.getByRole("button", { name: "Set the budget" }).click();
  await expect(drawer).toBeHidden();
  const list = page.getByRole("region", { name: "Budgets" });
  await expect(
    list.getByRole("img", { name: /^The whole company: \$.* of \$.* spent/ }).first(),
  ).toBeAttached();
  await checkAccess(page, "a budget");
  await checkWidth(page, "a budget");
});

test("a budget's page shows limit, spent and expected by period, and its table holds the same", async () => {
  await page.getByRole("button", { name: /^The whole company/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The whole company" })).toBeVisible();
  await expect(page.getByRole("img", { name: /limit, spent and expected by period/ })).toBeVisible();
  const table = page.getByRole("region", { name: "The whole company by period" });
  await expect(table.getByRole("row")).toHaveCount(17);
  await expect(page.getByText("With credits and tax")).toBeVisible();
  await checkAccess(page, "a budget's page");
  await checkWidth(page, "a budget's page");
});

test("what is passed is told once, counted in the navigation, and leads to its budget", async () => {
  const budget = program.ask("POST", "/budgets", {
    name: "Too small",
    scope: { kind: "all" },
    amount: "100.00",
    thresholds: [{ percent: 80 }, { percent: 100 }],
  });
  program.ask("POST", "/budgets/check");
  program.ask("POST", "/budgets/check");
  await page.reload();
  await goTo(page, "/alerts");
  const inbox = page.getByRole("list", { name: "Alerts" });
  await expect(inbox.getByRole("listitem").filter({ hasText: "Too small" }).first()).toBeVisible();
  const all = (program.ask("GET", "/alerts?state=all") as { alerts: { budget: { id: number } | null }[] })
    .alerts;
  expect(all.filter((alert) => alert.budget?.id === budget.id)).toHaveLength(2);
  await expect(page.getByRole("link", { name: /^Alerts \d+ open$/ })).toBeVisible();
  await checkAccess(page, "the inbox");
  await checkWidth(page, "the inbox");
  await inbox
    .getByRole("link", { name: /^Open: .*Too small/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Too small" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Alerts" }).getByRole("listitem")).toHaveCount(2);
});

test("the inbox is worked by keyboard, and a slip is undone", async () => {
  await goTo(page, "/alerts");
  const lines = page.getByRole("list", { name: "Alerts" }).getByRole("listitem");
  const before = await lines.count();
  await lines.first().locator("[data-nav]").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("a");
  await expect(lines).toHaveCount(before - 1);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(lines).toHaveCount(before);
});

test("a budget that is archived is had back", async () => {
  await goTo(page, "/budgets?search=small");
  await page.getByRole("button", { name: /^Too small/ }).click();
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("region", { name: "Archived" })).toBeVisible();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("region", { name: "Archived" })).toHaveCount(0);
  await page.getByRole("button", { name: "Mute" }).click();
  await page.getByRole("menuitem", { name: "For a week" }).click();
  await expect(page.getByRole("region", { name: "Muted" })).toBeVisible();
  await checkAccess(page, "a muted budget");
  await page.getByRole("button", { name: "Tell again" }).click();
  await expect(page.getByRole("region", { name: "Muted" })).toHaveCount(0);
});

test("what the account keeps with AWS Budgets is looked at first, and then taken over", async () => {
  await goTo(page, "/budgets");
  await page.getByRole("button", { name: "Import from AWS…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import budgets from AWS" });
  await dialog.getByRole("button", { name: "Look" }).click();
  const found = dialog.getByRole("list", { name: "Budgets found" });
  await expect(found.getByRole("listitem")).toHaveCount(4);
  await expect(dialog.getByRole("list", { name: "Budgets left out" })).toContainText("LinkedAccount");
  await checkAccess(page, "budgets at AWS");
  await dialog.getByRole("button", { name: "Take over 4" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("region", { name: "Budgets", exact: true })).toContainText("Whole company");
  const { budgets } = program.ask("GET", "/budgets?named=Team%20platform") as {
    budgets: { plan: string[] }[];
  };
  expect(budgets[0]?.plan).toHaveLength(12);
});

test("parts of a budget are counted once together", async () => {
  const team = (program.ask("GET", "/teams") as { teams: { id: number }[] }).teams[0]?.id;
  const whole = program.ask("POST", "/budgets", {
    name: "All of it",
    scope: { kind: "all" },
    amount: "90000.00",
  });
  const part = (name: string, scope: object) =>
    program.ask("POST", "/budgets", { name, scope, amount: "9000.00", parent: whole.id });
  part("One team", { kind: "team", id: String(team) });
  part("The same team", { kind: "team", id: String(team) });
  await page.reload();
  await goTo(page, `/budgets/${whole.id}`);
  const parts = page.getByRole("list", { name: "Its parts" });
  const one = await parts
    .getByRole("listitem")
    .filter({ hasText: "One team" })
    .locator(".figure")
    .innerText();
  await expect(parts.getByRole("listitem").filter({ hasText: "Together" })).toContainText(one);
  await checkAccess(page, "parts of a budget");
  await checkWidth(page, "parts of a budget");
});

test("a shared cost is spread over others after what it moves was shown, and had back", async () => {
  await goTo(page, `/sharing?month=${month}`);
  await expect(page.getByRole("heading", { name: "Nothing is shared" })).toBeVisible();
  await checkAccess(page, "nothing shared");
  await page.getByRole("button", { name: "Share a cost" }).first().click();
  const drawer = page.getByRole("dialog", { name: "Share a cost" });
  const [pot, ...takers] = (program.ask("GET", "/people") as { people: { name: string }[] }).people;
  await drawer.getByRole("combobox", { name: "What is owned by" }).click();
  await page.getByRole("option", { name: pot?.name ?? "", exact: true }).click();
  for (const { name } of takers.slice(0, 2)) {
    await drawer.getByRole("combobox", { name: "Among" }).click();
    await page.getByRole("option", { name, exact: true }).click();
  }
  await page.keyboard.press("Tab");
  const moves = drawer.getByRole("region", { name: "What it would move" });
  await expect(moves.getByRole("row", { name: new RegExp(`^${pot?.name}`) })).toContainText("0.00");
  await checkAccess(page, "a cost to be shared");
  await checkWidth(page, "a cost to be shared");
  await drawer.getByRole("button", { name: "Share", exact: true }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("list", { name: "Shared costs" })).toContainText("evenly among 2");
  const table = page.getByRole("region", { name: /^Costs after sharing/ });
  await expect(table.getByRole("row", { name: /^The bill/ })).toBeVisible();
  await checkAccess(page, "shared costs");
  await checkWidth(page, "shared costs");
  await page.getByRole("button", { name: `Share ${pot?.name} no longer` }).click();
  await expect(page.getByRole("heading", { name: "Nothing is shared" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByRole("list", { name: "Shared costs" })).toBeVisible();
});

test("a webhook is set up, tested for real, and what came of it stands in the log", async () => {
  const { port } = receiver.address() as AddressInfo;
  await goTo(page, "/alerts/channels");
  await page.getByRole("button", { name: "Set up a channel" }).click();
  await page.getByRole("menuitem", { name: "Webhook" }).click();
  const drawer = page.getByRole("dialog", { name: "Set up Webhook" });
  await drawer.getByRole("textbox", { name: "Name" }).fill("Our books");
  await drawer
    .getByRole("textbox", { name: "Address" })
    .fill(`http://127.0.0.1:${port}/notices?token=very-secret-token`);
  await drawer.getByRole("textbox", { name: "Signing key" }).fill(KEY);
  await drawer.getByRole("switch", { name: "It may be in our own network" }).check({ force: true });
  await checkAccess(page, "a channel to be set up");
  await drawer.getByRole("button", { name: "Set up" }).click();
  await expect(drawer).toBeHidden();
  await page.getByRole("button", { name: "Test Our books" }).click();
  await expect(page.getByText("✓ The example was sent.")).toBeVisible();
  const [notice] = received;
  if (notice === undefined) throw new Error("nothing was received");
  const [, seconds, signature] =
    /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(notice.headers["tallyport-signature"])) ?? [];
  expect(createHmac("sha256", KEY).update(`${seconds}.${notice.body}`).digest("hex")).toBe(signature);
  await checkAccess(page, "channels");
  await checkWidth(page, "channels");
  await expect(page.locator("body")).not.toContainText("very-secret-token");
  await page.getByRole("button", { name: "Change Our books" }).click();
  await expect(page.getByRole("textbox", { name: "Signing key" })).toHaveValue("");
  await page.keyboard.press("Escape");
  await goTo(page, "/alerts/log");
  const log = page.getByRole("region", { name: "Deliveries" });
  await expect(log.getByRole("row").filter({ hasText: "Our books" }).first()).toContainText("sent");
  await checkAccess(page, "the log");
  await checkWidth(page, "the log");
});

test("a rule is changed where the rules stand, and had back", async () => {
  await goTo(page, "/alerts/rules");
  await expect(page.getByRole("region", { name: "Rules of budgets" })).toContainText("Too small");
  const from = page.getByRole("textbox", { name: "From this amount on" });
  await from.fill("250");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rule was changed")).toBeVisible();
  expect(program.ask("GET", "/settings").anomaly_alert_from).toMatch(/^250(\.0+)?$/);
  await checkAccess(page, "the rules");
});

test("what is coming is drawn with its band, its method and how far off that was", async () => {
  await goTo(page, `/costs?month=${month}&by=service&forecast=true`);
  const table = page.getByRole("region", { name: /^Expected costs by service/ });
  await expect(table).toBeVisible({ timeout: 60_000 });
  await expect(table.getByRole("columnheader", { name: "80 % between" })).toBeVisible();
  await expect(page.getByText(/times that of repeating the week before/)).toBeVisible();
  await expect(page.getByText("80 % of outcomes")).toBeVisible();
  await checkAccess(page, "a forecast");
  await checkWidth(page, "a forecast");
});

test("what is unusual is marked, says its cause, and remembers what somebody thought of it", async () => {
  await goTo(page, `/costs?month=${month}&by=service&interval=day`);
  const unusual = page.getByRole("list", { name: "Unusual spend" });
  await unusual.getByRole("button").first().click();
  const panel = page.getByRole("dialog", { name: "Unusual spend" });
  await expect(panel.getByRole("region", { name: "Cause" })).toContainText("Resource");
  await checkAccess(page, "an anomaly");
  await panel.getByRole("region", { name: "Your judgement" }).getByText("Expected", { exact: true }).click();
  await expect(page.getByText(/^Marked as expected/)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(panel.getByRole("radio", { name: "Not judged" })).toBeChecked();
  await page.keyboard.press("Escape");
});

test("a schedule is changed in words, and run at once", async () => {
  await goTo(page, "/settings/schedules");
  const list = page.getByRole("list", { name: "Schedules" });
  await list
    .getByRole("button", { name: /^Change… Sync/i })
    .first()
    .click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("textbox", { name: "At", exact: true }).fill("07:30");
  await checkAccess(page, "a schedule");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await expect(list.getByRole("listitem").first()).toContainText(/0?7:30/);
  await list.getByRole("button", { name: /^Run now: .*budgets/i }).click();
  await expect(page.getByText(/: begun$/)).toBeVisible();
  await checkAccess(page, "schedules");
  await checkWidth(page, "schedules");
});

test("the overview says what is coming, which budgets are at risk and what is unusual", async () => {
  await goTo(page, "/");
  await expect(page.getByRole("list", { name: "Budgets at risk" })).toContainText("Too small");
  await expect(page.getByText("Expected by the end")).toBeVisible();
  await expect(page.getByRole("list", { name: "Unusual spend" }).getByRole("link").first()).toBeVisible();
  await checkAccess(page, "the overview of what is coming");
  await page.getByRole("list", { name: "Unusual spend" }).getByRole("link").first().click();
  await expect(page.getByRole("dialog", { name: "Unusual spend" })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("Ctrl-K finds a budget", async () => {
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/^Find a page/).fill("Too small");
  await page
    .getByRole("button", { name: /^Too small/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Too small" })).toBeVisible();
});

test("an address that leads nowhere says so", async () => {
  await goTo(page, "/budgets/4711");
  await expect(page.getByRole("heading", { name: "No such budget" })).toBeVisible();
});

test("nothing on the way complained", () => {
  // The budget that is not there is an answer with a status; the browser writes it down.
  expect(complaints.filter((one) => !/status of 404/.test(one))).toEqual([]);
});
