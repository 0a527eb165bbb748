import { expect, it } from "vitest";
import type { Budget } from "../../host/wire";
import { asTree, byRisk, chosen } from "./load";

function budget(id: number, part: object = {}, state = "ok", used: string | null = "10.0"): Budget {
  return {
    id,
    name: `Budget ${id}`,
    scope: { kind: "person", label: "Ada" },
    parent: null,
    now: { state, used_percent: used },
    ...part,
  } as unknown as Budget;
}

it("hangs children below their parents, however deep and in whatever order they come", () => {
  const all = [budget(3, { parent: 2 }), budget(1), budget(2, { parent: 1 }), budget(4)];
  expect(asTree(all).map(({ budget: one, depth }) => [one.id, depth])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 0],
  ]);
});

it("lets a child stand by itself where its parent is not shown", () => {
  expect(asTree([budget(3, { parent: 2 })]).map(({ depth }) => depth)).toEqual([0]);
});

it("puts the most endangered first, and by share within a state", () => {
  const all = [
    budget(1, {}, "ok", "9.9"),
    budget(2, {}, "over", "101.0"),
    budget(3, {}, "heading_over", "60.0"),
    budget(4, {}, "over", "1000.0"),
    budget(5, {}, "ok", null),
  ];
  expect(byRisk(all).map((one) => one.id)).toEqual([4, 2, 3, 1, 5]);
});

it("finds by name and by what it is about, and narrows to what is at risk", () => {
  const all = [budget(1), budget(2, {}, "near"), budget(3, { scope: { kind: "team", label: "Storefront" } })];
  expect(chosen(all, { search: "STOREfront" }).map((one) => one.id)).toEqual([3]);
  expect(chosen(all, { only: "risk" }).map((one) => one.id)).toEqual([2]);
  expect(chosen(all, { only: "over" })).toEqual([]);
});
