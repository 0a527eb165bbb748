import { expect, it } from "vitest";
import { begun, ended } from "../../../../dev/billing/batches";
import { batchSummary, inOrder, resultOf, wentWell } from "./batch";

it("says in a sentence what became of all", () => {
  expect(batchSummary(ended)).toBe("Issue invoices of October 2026: 2 issued, 1 not done");
  expect(batchSummary({ ...ended, result: { recipients: [], totals: [] } as never })).toBe(
    "Issue invoices of October 2026: nobody to do it for",
  );
});

it("puts those first whom somebody has to see to", () => {
  const told = inOrder(resultOf(ended)?.recipients ?? []);
  expect(told.map(({ for: { label }, outcome }) => [label, outcome])).toEqual([
    ["Eun-ji Kim", "failed"],
    ["Ada Lovelace", "issued"],
    ["Björn Ångström", "issued"],
  ]);
});

it("went well only if nothing is left to be seen to", () => {
  expect(wentWell(ended)).toBe(false);
  expect(wentWell(begun({}))).toBe(false);
  const result = resultOf(ended);
  const done = result?.recipients.filter(({ outcome }) => outcome === "issued");
  expect(wentWell({ ...ended, result: { ...result, recipients: done } as never })).toBe(true);
  expect(wentWell({ ...ended, state: "cancelled", result: { ...result, recipients: done } as never })).toBe(
    false,
  );
});
