import { describe, expect, it } from "vitest";
import { addDays, addMonths, goBy, inDays, lastDay, nameColumn, nameRange, today } from "./days";

describe("months and days", () => {
  it("steps over the ends of years", () => {
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(addMonths("2025-12", 13)).toBe("2027-01");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  it("counts from the day that the program says it is", () => {
    goBy("2031-12-31T23:00:00Z");
    expect(today()).toBe("2031-12-31");
    expect(inDays(1)).toMatch(/^2032-01-01T23:00:/);
    goBy(new Date().toISOString());
    expect(today()).toBe(new Date().toISOString().slice(0, 10));
  });

  it("knows leap years", () => {
    expect(lastDay("2024-02")).toBe("2024-02-29");
    expect(lastDay("2100-02")).toBe("2100-02-28");
  });

  it("names whole months as months", () => {
    expect(nameRange("2026-09-01", "2026-09-30")).toBe("September 2026");
    expect(nameRange("2026-01-01", "2026-03-31")).toBe("Jan 2026 – Mar 2026");
    expect(nameRange("2026-01-02", "2026-01-05")).toBe("Jan 2, 2026 – Jan 5, 2026");
    expect(nameColumn("2026-01")).toBe("Jan 2026");
    expect(nameColumn("total")).toBe("total");
  });
});
