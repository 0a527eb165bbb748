import { expect, it } from "vitest";
import { fileName } from "./load";
import { statesOf } from "./states";

it("names the file so that it can be found and leads nowhere else", () => {
  const of = { number: "INV/2026-1", period: "2026-10", for: { label: "../Ådne <x>" } };
  expect(fileName(of)).toBe("INV-2026-1 ..-Ådne -x- 2026-10.pdf");
});

it("keeps the name of a file short where a person's is long", () => {
  const of = { number: null, period: "2026-10", for: { label: "née Byron ".repeat(30) } };
  expect(new TextEncoder().encode(fileName(of, "factur-x.pdf")).length).toBeLessThan(200);
});

it("knows which states are looked for where", () => {
  expect(statesOf("drafts")).toEqual(["draft", "approved"]);
  expect(statesOf("open")).toEqual(["issued", "partly_paid"]);
  expect(statesOf("settled")).toEqual(["paid", "credited"]);
});
