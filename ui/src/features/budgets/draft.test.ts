import { expect, it } from "vitest";
import { draftOf, emptyForm, formOf, newThreshold, scopeOf, shape } from "./draft";

const filled = {
  ...emptyForm("2026-10", "USD"),
  name: " Ada ",
  kind: "person" as const,
  owner: "7",
  amount: "1,200.50",
};

const wrong = (form: object) => {
  const checked = shape.safeParse({ ...filled, ...form });
  return checked.success ? [] : checked.error.issues.map((issue) => issue.path.join("."));
};

it("sends amounts as the person typed them, to the digit", () => {
  const draft = draftOf({
    ...filled,
    thresholds: [newThreshold("80", "actual"), newThreshold("1,000.005", "forecast", "amount")],
  });
  expect(draft.name).toBe("Ada");
  expect(draft.amount).toBe("1200.50");
  expect(draft.plan).toBeNull();
  expect(draft.scope).toEqual({ kind: "person", id: "7", key: null, value: null });
  expect(draft.thresholds).toEqual([
    { percent: 80, amount: null, on: "actual" },
    { percent: null, amount: "1000.005", on: "forecast" },
  ]);
});

it("asks for what is missing, and only for that", () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({ name: " ", owner: null })).toEqual(["name", "owner"]);
  expect(wrong({ amount: "a lot" })).toEqual(["amount"]);
  expect(wrong({ amount: "-5" })).toEqual(["amount"]);
  expect(wrong({ kind: "tag", tagKey: "env", value: "" })).toEqual(["value"]);
  expect(wrong({ kind: "all", owner: null })).toEqual([]);
  expect(wrong({ thresholds: [newThreshold("0", "actual"), newThreshold("80.5", "actual")] })).toEqual([
    "thresholds.0.height",
    "thresholds.1.height",
  ]);
});

it("takes a plan of twelve months instead of one amount", () => {
  const plan = Array.from({ length: 12 }, (_, at) => `${100 + at}.00`);
  const planned = { ...filled, amount: "", planned: true, plan };
  expect(draftOf(planned).plan).toEqual(plan);
  expect(draftOf(planned).amount).toBeNull();
  expect(wrong({ planned: true, plan: [...plan.slice(1), ""] })).toEqual(["plan.11"]);
});

it("knows no scope before it is filled in", () => {
  expect(scopeOf({ ...filled, owner: null })).toBeUndefined();
  expect(scopeOf({ ...filled, kind: "service", value: " Amazon S3 " })).toEqual({
    kind: "service",
    id: null,
    key: null,
    value: "Amazon S3",
  });
});

it("gives back what it was given when nothing was changed", () => {
  const draft = draftOf({ ...filled, parent: "3", channels: ["1"], note: "agreed" });
  const budget = {
    ...draft,
    id: 1,
    scope: { kind: "person", id: 7, key: null, value: null, label: "Ada" },
    period: "month",
    currency: "USD",
    starts: "2026-10-01",
    metric: "billed",
    thresholds: draft.thresholds.map((one, at) => ({
      id: at,
      percent: one.percent ?? null,
      amount: one.amount ?? null,
      on: one.on ?? "actual",
    })),
    archived: false,
    muted_until: null,
    own_children: [],
    parts: null,
    depth: 0,
    now: {} as never,
  };
  expect(draftOf(formOf(budget))).toEqual(draft);
});
