import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { type Column, DataTable } from "./DataTable";
import { compareAmounts } from "./money";

afterEach(cleanup);

type Row = { name: string; amount: string };
const COLUMNS: Column<Row>[] = [
  {
    id: "name",
    head: "Name",
    cell: (row) => row.name,
    sort: (left, right) => left.name.localeCompare(right.name),
  },
  {
    id: "amount",
    head: "Amount",
    figures: true,
    cell: (row) => row.amount,
    sort: (left, right) => compareAmounts(left.amount, right.amount),
    foot: "all",
  },
];
const ROWS = [
  { name: "<b>Bea</b>", amount: "9.5" },
  { name: "Ada", amount: "10.25" },
  { name: "Cy", amount: "-3" },
];

const names = () =>
  screen
    .getAllByRole("row")
    .slice(1, -1)
    .map((row) => within(row).getAllByRole("cell")[0]?.textContent);

it("sorts amounts by their size and not by their letters", async () => {
  render(<DataTable label="Test" columns={COLUMNS} rows={ROWS} rowId={(row) => row.name} />);
  await userEvent.click(screen.getByRole("button", { name: "Amount" }));
  expect(names()).toEqual(["Ada", "<b>Bea</b>", "Cy"]);
  await userEvent.click(screen.getByRole("button", { name: /Amount/ }));
  expect(names()).toEqual(["Cy", "<b>Bea</b>", "Ada"]);
});

it("begins names with the first and amounts with the most, turns them round, and is as it came the third time", async () => {
  render(<DataTable label="Test" columns={COLUMNS} rows={ROWS} rowId={(row) => row.name} />);
  const head = (name: string) => screen.getByRole("columnheader", { name: new RegExp(`^${name}`) });
  const press = async (name: string) => {
    await userEvent.click(within(head(name)).getByRole("button"));
    return [head(name).getAttribute("aria-sort"), names()[0]];
  };
  expect(await press("Name")).toEqual(["ascending", "<b>Bea</b>"]);
  expect(await press("Name")).toEqual(["descending", "Cy"]);
  expect(await press("Name")).toEqual([null, "<b>Bea</b>"]);
  expect(names()).toEqual(ROWS.map((row) => row.name));
  expect(await press("Amount")).toEqual(["descending", "Ada"]);
  expect(await press("Name")).toEqual(["ascending", "<b>Bea</b>"]);
  expect(head("Amount").getAttribute("aria-sort")).toBeNull();
});

it("shows a name with markup as text", () => {
  render(<DataTable label="Test" columns={COLUMNS} rows={ROWS} rowId={(row) => row.name} />);
  expect(screen.getByText("<b>Bea</b>")).toBeTruthy();
});

it("is walked by the arrow keys and opened by Enter, with one stop in the tab order", async () => {
  const open = vi.fn();
  render(<DataTable label="Test" columns={COLUMNS} rows={ROWS} rowId={(row) => row.name} onOpen={open} />);
  const stops = screen.getAllByRole("button").filter((button) => button.hasAttribute("data-nav"));
  expect(stops.filter((stop) => stop.tabIndex === 0)).toHaveLength(1);
  stops[0]?.focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}{Enter}");
  expect(open).toHaveBeenCalledExactlyOnceWith(ROWS[1]);
});
