import { expect, it } from "vitest";
import { countries, nameCountry } from "./countries";

it("has each country once, and nothing that is none", () => {
  const codes = countries().map(({ value }) => value);
  for (const there of ["AT", "CH", "DE", "GB", "JP", "US"]) expect(codes).toContain(there);
  for (const none of ["DD", "SU", "EU", "ZZ", "QQ"]) expect(codes).not.toContain(none);
  expect(countries().filter(({ label }) => label === "Germany")).toHaveLength(1);
});

it("leaves what is no code as it is", () => {
  expect(nameCountry("Narnia")).toBe("Narnia");
  expect(nameCountry(null)).toBe("");
});
