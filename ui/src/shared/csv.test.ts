import { expect, it } from "vitest";
import { toCsv } from "./csv";

it("keeps a spreadsheet from running a name as a formula", () => {
  const csv = toCsv([["=1+2", "+a", "-b", "@c", "\td", "\re", 'say "x"', "plain"]]);
  expect(csv).toBe(`\uFEFF'=1+2,'+a,'-b,'@c,'\td,"'\re","say ""x""",plain\r\n`);
});

it("leaves amounts numbers, negative ones too", () => {
  expect(toCsv([[{ amount: "-2.61370000000" }, { amount: "20.62" }]])).toBe("\uFEFF-2.61370000000,20.62\r\n");
});

it("does not take a formula for an amount", () => {
  expect(toCsv([[{ amount: "-1+cmd()" }]])).toBe("\uFEFF'-1+cmd()\r\n");
});
