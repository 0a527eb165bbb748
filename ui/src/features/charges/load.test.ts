import { expect, it } from "vitest";
import type { Charge } from "../../host/wire";
import { linesOf, pagesFor } from "./load";

it("fetches only the pages in view", () => {
  expect(pagesFor(0, 30)).toEqual([0]);
  expect(pagesFor(190, 230)).toEqual([0, 1]);
  expect(pagesFor(99_980, 99_999)).toEqual([499]);
});

it("names the lines a charge was summed from", () => {
  const source = (first_line: number, last_line: number) => ({ first_line, last_line }) as Charge["source"];
  expect(linesOf(source(7, 7))).toBe("line 7");
  expect(linesOf(source(7, 30))).toBe("lines 7 to 30");
  expect(linesOf(source(0, 0))).toBeUndefined();
});
