import { describe, expect, it } from "vitest";
import {
  change,
  compareAmounts,
  formatExactly,
  formatFigure,
  formatMoney,
  isNegative,
  isZero,
  largest,
  portion,
  readAmount,
  readSigned,
  usedOf,
  writeAmount,
} from "./money";

describe("amounts on the screen", () => {
  it("shows more digits than a float could carry", () => {
    expect(formatFigure("9007199254740993.014")).toBe("9,007,199,254,740,993.01");
    expect(formatExactly("20.6203386184")).toBe("20.6203386184");
  });

  it("rounds by the digits that are there and not by their float", () => {
    expect(formatMoney("1.005", "USD")).toBe("$1.01");
    expect(formatMoney("0.285", "USD")).toBe("$0.29");
  });

  it("writes a real minus sign and no minus nought", () => {
    expect(formatMoney("-2.6137", "USD")).toBe("−$2.61");
    expect(formatFigure("-0.001")).toBe("0.00");
  });

  it("writes a unit that is no currency behind the figure", () => {
    expect(formatMoney("12.5", "Credits")).toBe("12.50 Credits");
  });

  it("tells zero and negative apart to the last digit", () => {
    expect(isZero("0.000000000")).toBe(true);
    expect(isZero("-0.000000001")).toBe(false);
    expect(isNegative("-0.000000001")).toBe(true);
    expect(compareAmounts("0.1", "0.10")).toBe(0);
    expect(compareAmounts("-3", "2")).toBe(-1);
  });

  it("says how an amount moved without a float", () => {
    expect(change("850", "800")).toEqual({ direction: "up", text: "6.3 %" });
    expect(change("400", "800")).toEqual({ direction: "down", text: "50.0 %" });
    expect(change("5", "0")).toEqual({ direction: "up", text: "new" });
    expect(change("24.001", "24.002")).toEqual({ direction: "same", text: "0.0 %" });
    expect(change("1.10", "1.1")).toEqual({ direction: "same", text: "no change" });
    expect(change("-1", "1")).toEqual({ direction: "down", text: "200.0 %" });
  });
});

describe("amounts as lengths and as typed", () => {
  it("says how much of a whole a part is, without a float", () => {
    expect(portion("820", "1000")).toBe(820);
    expect(portion("9007199254740993.01", "9007199254740993.01")).toBe(1000);
    expect(portion("1", "0")).toBe(0);
    expect(portion("-5", "10")).toBe(0);
    expect(usedOf("1123.40", "1000.00")).toBe("112.3 %");
    expect(usedOf("5", "0.00")).toBe("–");
    expect(largest(["9.5", "10.25", "-3"])).toBe("10.25");
  });

  it("reads what people type as amounts, and nothing else", () => {
    const english = { decimal: ".", group: "," };
    const read = (typed: string) => readAmount(typed, english);
    expect(read("1,200.50")).toBe("1200.50");
    expect(read(" $ 1 200 ")).toBe("1200");
    expect(read("0012.5")).toBe("12.5");
    const none = ["", "-1", "1e3", "12.", ".5", "1.2.3", "1200,50", "1,20", "twelve", "9".repeat(13)];
    for (const typed of none) expect(read(typed)).toBeUndefined();
  });

  it("never takes a comma for a point where people write it the other way round", () => {
    const german = { decimal: ",", group: "." };
    const read = (typed: string) => readAmount(typed, german);
    expect(read("1.200,50")).toBe("1200.50");
    expect(read("1200,5")).toBe("1200.5");
    expect(read("1.200")).toBe("1200");
    expect(read("1200.50")).toBe("1200.50");
    expect(read("1,200.50")).toBeUndefined();
    expect(readAmount("1 200,50", { decimal: ",", group: "\u202f" })).toBe("1200.50");
  });

  it("reads again what it wrote to be typed over", () => {
    for (const amount of ["0.00", "100.00", "1234567.50", "0.285", "999999999999.123456789"])
      expect(readAmount(writeAmount(amount))).toBe(amount);
  });
});

it("reads an amount with a minus, however it is written", () => {
  const english = ["-12.5", "− 1,200.50", "3"].map((typed) => readSigned(typed));
  expect(english).toEqual(["-12.5", "-1200.50", "3"]);
  expect(readSigned("--1")).toBeUndefined();
});
