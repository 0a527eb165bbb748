import { beforeEach, expect, it } from "vitest";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import type { Rule } from "../../host/wire";
import { addRules, describeDays, draftOf, nameMatcher } from "./load";

let bodies: unknown[] = [];
beforeEach(() => {
  bodies = [];
  openDoor(
    fakeHost({
      "POST /rules": ({ body }) => {
        bodies.push(body);
        return { id: bodies.length, reallocated: { charges: 3, months: ["2026-10"] } };
      },
    }),
  );
});

it("makes one rule for each resource that was chosen", async () => {
  const draft = (value: string) => ({
    owner: "person:Ada",
    matchers: [{ kind: "resource" as const, value }],
  });
  await addRules([draft("i-1"), draft("i-2")]);
  expect(bodies).toEqual([draft("i-1"), draft("i-2")]);
});

it("can make a deleted rule anew, at its place", () => {
  const rule: Rule = {
    id: 9,
    position: 4,
    owner: { kind: "team", id: 2, key: "team:2", label: "Core" },
    matchers: [{ kind: "tag", key: "owner", value: "ada*" }],
    from: "2026-01-01",
    to: null,
    note: null,
    text: "tag owner = ada*",
  };
  expect(draftOf(rule)).toEqual({
    owner: "team:Core",
    matchers: rule.matchers,
    from: "2026-01-01",
    to: null,
    note: null,
    position: 4,
  });
});

it("says what a rule looks at and when it holds", () => {
  expect(nameMatcher({ kind: "tag", key: "owner", value: "ada*" })).toBe("tag owner = ada*");
  expect(nameMatcher({ kind: "account", value: "012345678901" })).toBe("account 012345678901");
  expect(describeDays(null, null)).toBe("Always");
  expect(describeDays("2026-03-01", null)).toBe("Since Mar 1, 2026");
});
