import { expect, it } from "vitest";
import type { Period } from "../../host/wire";
import { nameSize } from "../../shared/sizes";
import { firstPair, versionsOf } from "./load";

const version = (id: number, part: Partial<Period> = {}): Period =>
  ({
    id,
    version: id,
    client: "Northwind",
    billing_account: "210987654321",
    period: "2026-10",
    source: "cur",
    part: 1,
    loaded_at: `2026-11-${String(id).padStart(2, "0")}T08:00:00Z`,
    ...part,
  }) as Period;

it("lists the versions of one period, the latest loaded first", () => {
  const all = [
    version(1),
    version(3),
    version(2),
    version(4, { client: "Elsewhere" }),
    version(5, { period: "2026-09" }),
  ];
  const of = { client: "Northwind", account: "210987654321", period: "2026-10" };
  expect(versionsOf(all, of).map(({ id }) => id)).toEqual([3, 2, 1]);
});

it("compares the latest of a source with the one that it replaced", () => {
  const versions = [version(9, { source: "cost_explorer", version: 1 }), version(3), version(2), version(1)];
  expect(firstPair(versions)).toEqual([2, 3]);
});

it("compares two sources where none has been replaced", () => {
  expect(firstPair([version(9, { source: "cost_explorer" }), version(3)])).toEqual([3, 9]);
  expect(firstPair([version(3)])).toBeUndefined();
});

it("writes sizes as people say them", () => {
  expect([nameSize(512), nameSize(1_536), nameSize(4_200_000), nameSize(1_230_000_000)]).toEqual([
    "512 bytes",
    "2 KB",
    "4.2 MB",
    "1.2 GB",
  ]);
});
