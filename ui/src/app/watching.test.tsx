import { notifications } from "@mantine/notifications";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { replies } from "../../dev/company";
import { openAt } from "../../dev/open";
import type { Replies } from "../host/fake";

afterEach(() => {
  act(() => notifications.clean());
  cleanup();
});

it("says of each budget what is spent, expected and allowed, without a colour", async () => {
  await openAt("/budgets");
  const list = await screen.findByRole("region", { name: "Budgets" });
  const bars = await within(list).findAllByRole("img", { name: /^Ada Lovelace: / });
  expect(bars[0]?.getAttribute("aria-label")).toBe(
    "Ada Lovelace: $1,123.40 of $1,000.00 spent, 112.3 %; $1,310.00 expected; over",
  );
});

it("sets a budget with a limit that history suggests", async () => {
  const { sent, door } = await openAt("/budgets?add=true");
  const drawer = await screen.findByRole("dialog", { name: "Set a budget" });
  await userEvent.type(within(drawer).getByRole("textbox", { name: "Name" }), "Storage");
  await userEvent.click(within(drawer).getByRole("combobox", { name: "For" }));
  await userEvent.click(await screen.findByRole("option", { name: "Service", hidden: true }));
  await userEvent.type(within(drawer).getByRole("combobox", { name: "Service" }), "Amazon S3");
  await userEvent.click(within(drawer).getByRole("button", { name: "Suggest from history" }));
  const found = await within(drawer).findByRole("status", { name: "Suggestion" });
  expect(found.textContent).toContain("A tenth above the dearest");
  expect(door.asked.some((ask) => /suggestion\?scope=service&value=Amazon S3&period=month/.test(ask))).toBe(
    true,
  );
  await userEvent.click(within(found).getByRole("button", { name: "Use it" }));
  await userEvent.click(within(drawer).getByRole("button", { name: "Set the budget" }));
  await waitFor(() =>
    expect(sent).toContainEqual(
      expect.objectContaining({
        path: "/api/v1/budgets",
        name: "Storage",
        scope: { kind: "service", id: null, key: null, value: "Amazon S3" },
        amount: "1150.00",
        plan: null,
        thresholds: [
          { percent: 80, amount: null, on: "actual" },
          { percent: 100, amount: null, on: "actual" },
          { percent: 100, amount: null, on: "forecast" },
        ],
      }),
    ),
  );
});

it("sends nothing before a budget is filled in, and says what is missing", async () => {
  const { sent } = await openAt("/budgets?add=true");
  const drawer = await screen.findByRole("dialog", { name: "Set a budget" });
  await userEvent.click(within(drawer).getByRole("button", { name: "Set the budget" }));
  for (const said of ["A budget needs a name", "Whose budget is it?", "An amount such as 1,200.50"])
    expect(await within(drawer).findByText(said)).toBeTruthy();
  expect(sent).toEqual([]);
});

it("has an archived budget back in one click", async () => {
  const { sent } = await openAt("/budgets/3");
  await userEvent.click(await screen.findByRole("button", { name: "Archive" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(sent.map(({ path }) => path)).toEqual(["/api/v1/budgets/3", "/api/v1/budgets/3/restore"]),
  );
});

it("is worked through by the keyboard, and undone", async () => {
  const { sent } = await openAt("/alerts");
  const first = await screen.findByRole("button", { name: "Ada Lovelace is over its budget" });
  first.focus();
  await userEvent.keyboard("{ArrowDown}a");
  await waitFor(() => expect(sent).toEqual([{ path: "/api/v1/alerts/2/ack" }]));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: "/api/v1/alerts/2/reopen" }));
  first.focus();
  await userEvent.keyboard("s");
  await waitFor(() => expect(sent.at(-1)?.path).toBe("/api/v1/alerts/3/snooze"));
  const until = new Date(String(sent.at(-1)?.until)).getTime();
  expect(Math.abs(until - Date.now() - 86_400_000)).toBeLessThan(60_000);
});

it("leads from the address of an alert to that alert in the inbox", async () => {
  await openAt("/alerts/1");
  const alert = await screen.findByRole("button", { name: /^CloudWatch cost/ });
  await waitFor(() => expect(alert.getAttribute("aria-current")).toBe("true"));
  expect(alert.closest("li")?.textContent).toContain("acknowledged by ada");
});

it("counts open alerts beside their place, and says it in words", async () => {
  await openAt("/people");
  expect(await screen.findByRole("link", { name: "Alerts 2 open" })).toBeTruthy();
});

it("goes where a clicked popup leads, and nowhere outside", async () => {
  let tell: (place: string) => void = () => undefined;
  await openAt(
    "/people",
    {},
    {
      watchPlaces: (onPlace) => {
        tell = onPlace;
        return () => undefined;
      },
    },
  );
  await screen.findByRole("heading", { level: 1, name: "People & teams" });
  act(() => tell("https://evil.example/"));
  act(() => tell("javascript:alert(1)"));
  expect(screen.getByRole("heading", { level: 1, name: "People & teams" })).toBeTruthy();
  act(() => tell("/budgets/3"));
  await waitFor(() => expect(window.location.hash).toBe("#/budgets/3"));
});

it("opens the cause of what is unusual, and keeps what somebody thinks of it", async () => {
  const { sent } = await openAt("/costs?month=2026-10&anomaly=1");
  const panel = await screen.findByRole("dialog", { name: "Unusual spend" });
  expect(panel.textContent).toContain("$2,577.00 more than expected");
  const cause = within(panel).getByRole("region", { name: "Cause" });
  expect(cause.textContent).toContain("94 %");
  await userEvent.click(within(panel).getByRole("radio", { name: "Expected" }));
  await waitFor(() =>
    expect(sent).toEqual([{ path: "/api/v1/anomalies/1/feedback", verdict: "expected", note: "" }]),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ verdict: null }));
});

it("says by which method and how surely something is expected, and where it is not", async () => {
  await openAt("/costs?month=2026-10&forecast=true");
  const table = await screen.findByRole("region", { name: "Expected costs by service in USD" });
  expect(table.textContent).toContain("calendar of the month");
  expect(table.textContent).toContain("Only 9 days are known; a forecast needs 28.");
  expect(screen.getByText(/error 0\.71 times that of repeating the week before/)).toBeTruthy();
});

it("tests a channel for real, and shows no secret when it is changed", async () => {
  const { sent } = await openAt("/alerts/channels");
  await userEvent.click(await screen.findByRole("button", { name: "Test Finance by mail" }));
  expect(await screen.findByText("✓ The example was sent.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Change Finance by mail" }));
  const drawer = await screen.findByRole("dialog", { name: "Change Finance by mail" });
  expect(within(drawer).getByLabelText("Password")).toHaveProperty("value", "");
  await userEvent.click(within(drawer).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent.at(-1)?.path).toBe("/api/v1/channels/1"));
  expect(sent.at(-1)).not.toHaveProperty("secret");
});

it("changes when something runs, in words", async () => {
  const { sent } = await openAt("/settings/schedules");
  await userEvent.click(await screen.findByRole("button", { name: "Change… Sync Northwind, Payer" }));
  const drawer = await screen.findByRole("dialog", { name: "Sync Northwind, Payer" });
  const at = within(drawer).getByRole("textbox", { name: "At" });
  await userEvent.clear(at);
  await userEvent.type(at, "7:3");
  expect(within(drawer).getByRole("button", { name: "Save" })).toHaveProperty("disabled", true);
  await userEvent.type(at, "0");
  await userEvent.click(within(drawer).getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(sent).toEqual([
      { path: "/api/v1/schedules/sync-1", cron: "30 7 * * *", zone: null, enabled: true },
    ]),
  );
});

it("keeps running in the background where there is a desktop, if somebody wants it", async () => {
  const kept: object[] = [];
  let habits = { keep_running: false, start_at_login: null as boolean | null };
  await openAt(
    "/settings/schedules",
    {},
    {
      habits: {
        read: async () => habits,
        keep: async (next) => {
          kept.push(next);
          habits = next;
          return next;
        },
      },
    },
  );
  await userEvent.click(await screen.findByRole("switch", { name: /Keep running/ }));
  await waitFor(() => expect(kept).toEqual([{ keep_running: true, start_at_login: null }]));
  expect(screen.getByRole("switch", { name: /Start when I log in/ })).toHaveProperty("disabled", true);
});

it("says that nothing needs anybody, and what would stand here", async () => {
  await openAt("/alerts", { "GET /alerts": () => ({ alerts: [], open: 0 }) });
  expect(await screen.findByRole("heading", { name: "Nothing needs you" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: /Alerts \d+ open/ })).toBeNull();
});

it("shows what AWS has before it takes anything over", async () => {
  const { sent } = await openAt("/budgets");
  await userEvent.click(await screen.findByRole("button", { name: "Import from AWS…" }));
  const dialog = await screen.findByRole("dialog", { name: "Import budgets from AWS" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Look" }));
  const left = await within(dialog).findByRole("list", { name: "Budgets left out" });
  expect(left.textContent).toContain("It watches the use of reservations, not money.");
  await userEvent.click(within(dialog).getByRole("button", { name: "Take over 1" }));
  await waitFor(() =>
    expect(sent).toEqual([
      { path: "/api/v1/budgets/aws", connection: 1, dry_run: true },
      { path: "/api/v1/budgets/aws", connection: 1, dry_run: false },
    ]),
  );
});

/** A sync of which one month is rolled up in Athena, unless nobody agrees to what that costs. */
const largeMonth: Replies = {
  "POST /syncs": ({ body }) =>
    (body as { dry_run: boolean }).dry_run
      ? {
          ...(replies["POST /syncs"]?.({ url: new URL("http://door"), body, matched: [] }) as object),
          athena_up_to: "1.25",
        }
      : { id: 5, kind: "sync", title: "Sync", state: "queued" },
};

async function openSync() {
  const opened = await openAt("/data", largeMonth);
  await userEvent.click(await screen.findByRole("button", { name: "Sync…" }));
  const dialog = await screen.findByRole("dialog", { name: "Sync with AWS" });
  const agree = await within(dialog).findByRole("checkbox", { name: /may charge up to \$1\.25/ });
  return { ...opened, agree, go: within(dialog).getByRole("button", { name: "Sync now" }) };
}

it("syncs a month that costs something to roll up once somebody agreed to how much", async () => {
  const { sent, agree, go } = await openSync();
  expect(agree).toHaveProperty("checked", false);
  await userEvent.click(agree);
  await userEvent.click(go);
  const asked = { path: "/api/v1/syncs", dry_run: false, athena_up_to: "1.25" };
  await waitFor(() => expect(sent.at(-1)).toMatchObject(asked));
});

it("leaves such a month out where nobody agrees", async () => {
  const { sent, go } = await openSync();
  await userEvent.click(go);
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ path: "/api/v1/syncs", dry_run: false }));
  expect(sent.at(-1)).not.toHaveProperty("athena_up_to");
});

it("asks for one page of very many budgets, and finds by name what lies on others", async () => {
  const { door } = await openAt("/budgets", {
    "GET /budgets": ({ url }) => ({
      as_of_day: "2026-10-28",
      budgets: [],
      total: url.searchParams.has("search") ? 0 : 10_000,
      all: 10_000,
      at_risk: 12,
      over: 3,
      has_parts: false,
    }),
  });
  const pages = await screen.findByRole("navigation", { name: "Pages" });
  expect(pages.textContent).toContain("1 to 200 of 10,000");
  await userEvent.click(within(pages).getByRole("button", { name: "Further" }));
  await waitFor(() => expect(door.asked.some((ask) => /\/budgets\?.*page=2/.test(ask))).toBe(true));
  await userEvent.type(screen.getByRole("textbox", { name: "Find a budget" }), "store");
  await waitFor(() =>
    expect(door.asked.some((ask) => /\/budgets\?.*page=1&.*search=store/.test(ask))).toBe(true),
  );
  expect(await screen.findByRole("heading", { name: "No budget by that name" })).toBeTruthy();
});

it("says what the parts of a budget spent together, each charge once", async () => {
  await openAt("/budgets/1");
  const parts = await screen.findByRole("list", { name: "Its parts" });
  expect(within(parts).getByText("Together").parentElement?.textContent).toContain("$27,093.60");
  expect(within(parts).getByText("In none of them").parentElement?.textContent).toContain("$21,117.17");
});
