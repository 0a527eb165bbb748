import { notifications } from "@mantine/notifications";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openAt } from "../../dev/open";

afterEach(() => {
  act(() => notifications.clean());
  cleanup();
});

it("says how each cost is shared, and what everybody has then", async () => {
  await openAt("/sharing");
  const rules = await screen.findByRole("list", { name: "Shared costs" });
  expect(within(rules).getByText("by what they own among 3")).toBeTruthy();
  const takers = within(rules).getByRole("list", { name: "Who takes what Support owns" });
  expect(takers.textContent).toContain("Ada Lovelace75 %");
  expect(takers.textContent).toContain("Platform25 %and on");
  const table = await screen.findByRole("region", { name: "Costs after sharing in USD" });
  const grace = within(table).getByRole("row", { name: /^Grace Hopper/ });
  expect(grace.textContent).toContain("27,325.25");
  expect(within(table).getByRole("row", { name: /^The bill/ }).textContent).toContain("48,210.77");
  expect(screen.getByText(/Nobody who takes part in Support owns anything/)).toBeTruthy();
});

it("shows what fixed shares would move, and sends them when they are the whole", async () => {
  const { sent, door } = await openAt("/sharing?add=true");
  const drawer = await screen.findByRole("dialog", { name: "Share a cost" });
  const share = within(drawer).getByRole("button", { name: "Share" });
  expect(share.hasAttribute("disabled")).toBe(true);
  const choose = async (field: string, name: string) => {
    const box = within(drawer).getByRole("combobox", { name: field });
    await userEvent.type(box, `${name}{ArrowDown}{Enter}`);
  };
  await choose("What is owned by", "Chidi");
  await userEvent.click(within(drawer).getByRole("radio", { name: "Fixed shares" }));
  await choose("Among", "Ada");
  await choose("Among", "Grace");
  await userEvent.type(
    within(drawer).getByRole("textbox", { name: "Share of Ada Lovelace in percent" }),
    "62.5",
  );
  expect(within(drawer).getByRole("status").textContent).toBe("62.5 % of 100 %");
  expect(share.hasAttribute("disabled")).toBe(true);
  await userEvent.type(
    within(drawer).getByRole("textbox", { name: "Share of Grace Hopper in percent" }),
    "37.5",
  );
  const preview = await within(drawer).findByRole("region", { name: "What it would move" });
  expect(await within(preview).findByText("6,457.45")).toBeTruthy();
  expect(door.asked.some((ask) => /POST .*sharing\/preview\?month=/.test(ask))).toBe(true);
  await userEvent.click(share);
  const asked = {
    path: "/api/v1/sharing",
    pot: "person:Chidi Okafor",
    method: "fixed",
    takers: [
      { owner: "person:Ada Lovelace", share: "0.625" },
      { owner: "person:Grace Hopper", share: "0.375" },
    ],
    onward: null,
    note: null,
  };
  await waitFor(() => expect(sent).toContainEqual(asked));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent).toContainEqual({ path: "/api/v1/sharing/3" }));
});
