import { expect, it } from "vitest";
import type { SharingRule } from "../../host/wire";
import { draftOf, emptyForm, equal, formOf, percentOf, shareOf, together } from "./draft";

it("writes percent as a share of one, and back", () => {
  for (const [percent, share] of [
    ["25", "0.25"],
    ["100", "1.00"],
    ["3", "0.03"],
    ["12.5", "0.125"],
    ["33.3333", "0.333333"],
    ["0.0001", "0.000001"],
  ] as const) {
    expect(shareOf(percent)).toBe(share);
    expect(percentOf(share)).toBe(percent);
  }
  expect(shareOf("12,5")).toBe("0.125");
  expect(shareOf("a third")).toBe("a third");
  expect(percentOf("1")).toBe("100");
});

it("says when shares are the whole, without a rounding", () => {
  expect(together(["33.3333", "33.3333", "33.3334"])).toEqual({ percent: "100", isWhole: true });
  expect(together(["0.1", "0.2"])).toEqual({ percent: "0.3", isWhole: false });
  expect(together([""])).toEqual({ percent: "0", isWhole: false });
});

it("splits evenly so that nothing is left", () => {
  expect(equal(["a"])).toEqual({ a: "100" });
  expect(equal(["a", "b", "c"])).toEqual({ a: "33.3334", b: "33.3333", c: "33.3333" });
  expect(together(Object.values(equal(["a", "b", "c", "d", "e", "f", "g"]))).isWhole).toBe(true);
});

it("takes a rule apart into what a form has, and puts it together again", () => {
  const rule: SharingRule = {
    id: 1,
    pot: { key: "team:1", label: "Platform" },
    method: "fixed",
    takers: [{ owner: { key: "person:3", label: "Ann: the first" }, share: "0.75" }],
    onward: { owner: { key: "team:2", label: "Security" }, share: "0.25" },
    note: null,
  };
  expect(draftOf(formOf(rule))).toEqual({
    pot: "team:Platform",
    method: "fixed",
    takers: [{ owner: "person:Ann: the first", share: "0.75" }],
    onward: { owner: "team:Security", share: "0.25" },
    note: null,
  });
});

it("asks for nothing until somebody takes part", () => {
  expect(draftOf(emptyForm)).toBeUndefined();
  expect(draftOf({ ...emptyForm, pot: "team:Platform" })).toBeUndefined();
  const draft = draftOf({ ...emptyForm, pot: "team:Platform", takers: ["person:Ann"], note: " why " });
  expect(draft).toMatchObject({ takers: [{ owner: "person:Ann", share: null }], note: "why" });
});
