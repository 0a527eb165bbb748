import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openAt } from "../../dev/open";

afterEach(cleanup);

const period = "/data/period?client=Northwind&account=210987654321&period=2026-10";

it("tells a period's versions and what changed between two of them", async () => {
  const { door } = await openAt(period);
  const versions = await screen.findByRole("list", { name: "Versions" });
  expect(
    within(versions)
      .getAllByText(/^Version \d/)
      .map((one) => one.textContent),
  ).toEqual(["Version 3", "Version 2", "Version 1", "Version 1"]);
  const changes = await screen.findByRole("region", { name: "What changed by service in USD" });
  expect(changes.textContent).toContain("+420.50");
  expect(changes.textContent).toContain("−417.50");
  expect(door.asked.some((ask) => /periods\/diff\?from=6&to=9&by=service&metric=billed/.test(ask))).toBe(
    true,
  );
});

it("says what differs between a month's totals, and why", async () => {
  await openAt("/reconciliation?month=2026-10");
  const card = await screen.findByRole("region", { name: /^Northwind, 210987654321/ });
  for (const said of ["differs, unexplained", "not known", "A file is missing", "Rounding", "$1.31"]) {
    expect(card.textContent).toContain(said);
  }
});

it("shows what a reconciliation costs before it is run", async () => {
  const { sent } = await openAt("/reconciliation?month=2026-10");
  await userEvent.click(await screen.findByRole("button", { name: "Reconcile Northwind" }));
  const dialog = await screen.findByRole("dialog", { name: /Reconcile October 2026 of Northwind/ });
  await waitFor(() => expect(dialog.textContent).toContain("$0.03"));
  expect(sent).toEqual([
    { path: "/api/v1/reconciliations", month: "2026-10", client: "Northwind", dry_run: true },
  ]);
});

it("releases from quarantine only with a note", async () => {
  const { sent } = await openAt("/quarantine", { "POST /quarantine/*/release": () => ({}) });
  await userEvent.click(await screen.findByRole("button", { name: "Release…" }));
  const dialog = await screen.findByRole("dialog", { name: "Release from quarantine" });
  expect(dialog.textContent).toContain("$48,219,770.00");
  const release = within(dialog).getByRole("button", { name: "Release" });
  expect(release).toHaveProperty("disabled", true);
  await userEvent.type(
    within(dialog).getByRole("textbox", { name: /Why these figures/ }),
    "A new commitment",
  );
  await userEvent.click(release);
  await waitFor(() =>
    expect(sent).toEqual([{ path: "/api/v1/quarantine/1/release", note: "A new commitment" }]),
  );
});

it("creates an export only after its name was typed, and says its price first", async () => {
  const { sent } = await openAt("/settings/clients", { "POST /connections/*/exports": () => ({}) });
  await userEvent.click(await screen.findByRole("button", { name: "Source…" }));
  const drawer = await screen.findByRole("dialog", { name: "Source of Payer" });
  await userEvent.click(within(drawer).getByRole("button", { name: "Find exports" }));
  await waitFor(() => expect(drawer.textContent).toContain("about $0.12 a month for a gigabyte of files"));
  expect(drawer.textContent).toContain("cur:DescribeReportDefinitions");
  expect(within(drawer).getByRole("button", { name: "Use old-report" })).toHaveProperty("disabled", true);
  const create = within(drawer).getByRole("button", { name: "Create export" });
  expect(create).toHaveProperty("disabled", true);
  await userEvent.type(
    within(drawer).getByRole("textbox", { name: /^Type tallyport-focus/ }),
    "tallyport-focus",
  );
  await userEvent.click(create);
  await waitFor(() =>
    expect(sent).toContainEqual({
      path: "/api/v1/connections/1/exports",
      bucket: "northwind-billing",
      prefix: "tallyport",
      name: "tallyport-focus",
    }),
  );
});

it("leads from a refused invoice to what is held back", async () => {
  await openAt("/invoices/4", {
    "POST /invoices/*/issue": () => {
      throw {
        code: "invoice.quarantined",
        title: "Held back",
        detail: "October 2026 is in quarantine.",
        status: 409,
      };
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Issue…" }));
  await userEvent.click(await screen.findByRole("button", { name: "Issue invoice" }));
  const link = await screen.findByRole("link", { name: "Look at what is held back" });
  expect(link.getAttribute("href")).toBe("#/quarantine");
});

it("says that a page shows an earlier day's figures, and goes back in one click", async () => {
  const { door } = await openAt("/people/1?month=2026-10&as_of=2026-11-05");
  const banner = await screen.findByRole("region", { name: "An earlier day's figures" });
  expect(banner.textContent).toContain("As known at the end of Nov 5, 2026 (UTC).");
  expect(door.asked).toContain("GET /api/v1/people/1/statement?month=2026-10&as_of=2026-11-05");
  await userEvent.click(within(banner).getByRole("button", { name: "Back to today" }));
  await waitFor(() => expect(door.asked).toContain("GET /api/v1/people/1/statement?month=2026-10"));
  expect(screen.queryByRole("region", { name: "An earlier day's figures" })).toBeNull();
});
