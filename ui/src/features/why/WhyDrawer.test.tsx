import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { replies } from "../../../dev/company";
import { openDoor } from "../../host/client";
import { fakeHost, type Replies } from "../../host/fake";
import { Figure } from "../../shared/Figure";
import { WhyDrawer } from "./WhyDrawer";

afterEach(cleanup);

const ASK = {
  from: "2026-10-01",
  to: "2026-10-31",
  filters: { service: ["Amazon EC2"] },
  by: "service",
  key: "Amazon EC2",
  as_of: "2026-11-05",
  title: "Amazon EC2, October",
  currency: "USD",
};

function open(answers: Replies = replies) {
  const door = fakeHost(answers);
  openDoor(door);
  const root = createRootRoute({
    component: () => (
      <>
        <Figure amount="18210.77" why={ASK} />
        <WhyDrawer />
      </>
    ),
  });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return door;
}

it("says source, version, rule, kind and reconciliation of the number that was pressed", async () => {
  const door = open();
  await userEvent.click(await screen.findByRole("button", { name: /Amazon EC2, October: \$18,210\.77/ }));
  const drawer = await screen.findByRole("dialog", { name: "Why this number?" });
  for (const said of [
    /FOCUS file/,
    /Version 3/,
    /Rule 3: tag owner = ada/,
    /Credits/,
    /differs, explained/,
  ]) {
    await waitFor(() => expect(drawer.textContent).toMatch(said));
  }
  expect(drawer.textContent).toContain("18,210.774412309 USD");
  const asked = new URL(`http://x${door.asked[0]?.slice(4)}`).searchParams;
  expect(Object.fromEntries(asked)).toEqual({
    from: "2026-10-01",
    to: "2026-10-31",
    by: "service",
    key: "Amazon EC2",
    as_of: "2026-11-05",
    service: "Amazon EC2",
  });
});

it("is opened by the keyboard, and Escape gives the focus back to the number", async () => {
  open();
  const figure = await screen.findByRole("button", { name: /why this number/ });
  figure.focus();
  await userEvent.keyboard("{Enter}");
  await screen.findByRole("dialog");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(figure));
});

it("says so where the program has no answer", async () => {
  open({
    "GET /why": () => {
      throw { code: "why.unknown", title: "Unknown", detail: "No such row.", status: 404 };
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: /why this number/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("No such row.");
});
