import { notifications } from "@mantine/notifications";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openAt } from "../../dev/open";
import { forget } from "../shared/jobs";

afterEach(() => {
  act(() => notifications.clean());
  act(() => forget(42));
  cleanup();
});

const list = () => screen.findByRole("list", { name: "Transfers" });

it("sends one file again, as it is now", async () => {
  const { sent } = await openAt("/tenants/1?show=transfers");
  await userEvent.click(within(await list()).getByRole("button", { name: "What did not arrive…" }));
  const drawer = await screen.findByRole("dialog", { name: /^What did not arrive of/ });
  expect(drawer.textContent).toContain("it was written to after it was chosen");
  await userEvent.click(within(drawer).getByRole("button", { name: "Send 2026/orders.csv as it is now" }));
  await waitFor(() => expect(sent.at(-1)?.path).toBe("/api/v1/transfers/1/files/17/retry"));
});

it("slows one transfer down, and lets it wait for the others", async () => {
  const { sent } = await openAt("/tenants/1?show=transfers");
  expect((await list()).textContent).toContain("at most 5.0 MB a second");
  const speed = () => screen.getByRole("button", { name: "Speed of Upload of reports" });
  await userEvent.click(speed());
  await userEvent.click(await screen.findByRole("menuitem", { name: "1.0 MB a second", hidden: true }));
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: "/api/v1/transfers/2/limit", limit: 1_000_000 }));
  await userEvent.click(speed());
  await userEvent.click(
    await screen.findByRole("menuitem", { name: "When nothing else is sent", hidden: true }),
  );
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: "/api/v1/transfers/2/priority", priority: "low" }));
});

it("sets how fast all of them may be, by the time of the week", async () => {
  const { sent } = await openAt("/tenants/1?show=transfers");
  await list();
  await userEvent.click(screen.getByRole("button", { name: "Speed of all…" }));
  const dialog = await screen.findByRole("dialog", { name: "How fast files are sent and fetched" });
  const usual = await within(dialog).findByRole("textbox", { name: "Usually, MB a second" });
  await userEvent.type(usual, "20");
  await userEvent.click(within(dialog).getByRole("button", { name: "Another limit at some times" }));
  const windows = within(dialog).getByRole("list", { name: "Times with a limit of their own" });
  expect(windows.children).toHaveLength(2);
  const [first] = within(windows).getAllByRole("button", { name: "Remove this window" });
  if (first !== undefined) await userEvent.click(first);
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({ path: "/api/v1/transfer-limits", usual: 20_000_000 }),
  );
});

it("asks the store about what arrived, and names what is not as it was", async () => {
  const job = {
    id: 42,
    kind: "transfer-recheck",
    title: "Check again: Upload of 40 files to Acme Retail",
    state: "done",
    done: 12,
    total: 12,
    unit: "files",
    message: "",
    started_by: "Ada Lovelace",
    started_at: "2026-11-02T08:00:00Z",
    ended_at: "2026-11-02T08:00:05Z",
    result: {
      asked: 12,
      same: 11,
      superseded: 1,
      different: 0,
      gone: 0,
      unknown: 0,
      findings: [{ file: 3, path: "a.csv", outcome: "superseded", what: "it was deleted; it is kept" }],
    },
    problem: null,
  };
  await openAt("/tenants/1?show=transfers", { "POST /transfers/*/recheck": () => job });
  const [ask] = within(await list()).getAllByRole("button", { name: "Check again" });
  if (ask !== undefined) await userEvent.click(ask);
  const outcome = await screen.findByText(/11 of 12 are in the store as they arrived/);
  expect(outcome.textContent).toContain("a.csv: no longer what is there (it was deleted; it is kept)");
});

it("clears what ended, and keeps the receipts unless told otherwise", async () => {
  const { door } = await openAt("/tenants/1?show=transfers");
  await list();
  await userEvent.click(screen.getByRole("button", { name: "Clear those that ended…" }));
  const dialog = await screen.findByRole("dialog", { name: "Clear the transfers that ended?" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Clear" }));
  await waitFor(() => expect(door.asked).toContain("DELETE /api/v1/transfers?tenant=1&receipts=keep"));
});
