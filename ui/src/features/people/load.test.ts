import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { replies } from "../../../dev/company";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import type { Costs, Person } from "../../host/wire";
import { addPerson, joinSpending, statement, yearOf } from "./load";

const cache = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } });
let door = fakeHost(replies);
beforeEach(() => {
  door = fakeHost(replies);
  openDoor(door);
});

const person = (id: number, name: string): Person => ({
  id,
  name,
  email: null,
  team_ids: [],
  archived: false,
});

it("asks for one person's month", async () => {
  const answer = await cache.fetchQuery(statement(1, "2026-10"));
  expect(door.asked).toEqual(["GET /api/v1/people/1/statement?month=2026-10"]);
  expect(answer.results[0]?.total).toBe("850.00");
});

it("asks for twelve whole months that end with the one shown", async () => {
  await cache.fetchQuery(yearOf("Ada Lovelace", "2026-10"));
  expect(door.asked[0]).toContain("from=2025-11-01&to=2026-10-31");
  expect(door.asked[0]).toContain("person=Ada Lovelace");
});

it("sends no empty mail address", async () => {
  await addPerson({ name: "  Ada ", email: " " });
  expect(await addPerson({ name: "Ada", email: "" })).toMatchObject({ name: "Ada", email: null });
});

it("keeps what nobody owns in sight, and adds no currencies", () => {
  const row = (key: string, label: string, amount: string) => ({
    key,
    label,
    amount,
    cells: [],
    previous: null,
  });
  const costs = {
    results: [
      { currency: "USD", rows: [row("1", "Ada", "5.00"), row("unowned", "Unowned", "1.00")] },
      { currency: "EUR", rows: [row("1", "Ada", "7.00")] },
    ],
  } as unknown as Costs;
  const lines = joinSpending([person(1, "Ada"), person(2, "Ben")], costs);
  expect(lines.map((line) => line.label)).toEqual(["Ada", "Ben", "Unowned"]);
  expect(lines[0]?.spent.map(({ currency, amount }) => `${currency} ${amount}`)).toEqual([
    "USD 5.00",
    "EUR 7.00",
  ]);
  expect(lines[1]?.spent).toEqual([]);
});
