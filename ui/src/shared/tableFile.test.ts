import { expect, it } from "vitest";
import { openDoor } from "../host/client";
import { fakeHost } from "../host/fake";
import { csvLook, fileAddress, fileName, saveTable } from "./tableFile";

const budgets = { table: "budgets", query: { month: "2026-10", search: undefined } };

it("asks for what the page shows, as a workbook or as the spreadsheets of the place read it", () => {
  const german = csvLook("de-DE");
  expect(german).toEqual({ separator: "semicolon", decimal: "comma", bom: true });
  expect(csvLook("en-GB")).toEqual({ separator: "comma", decimal: "point", bom: true });
  expect(fileAddress(budgets, "xlsx", german)).toBe(
    "/api/v1/exports/tables/budgets?month=2026-10&format=xlsx",
  );
  expect(fileAddress({ table: "costs", query: { service: ["Amazon S3", "R&D"] } }, "csv", german)).toBe(
    "/api/v1/exports/tables/costs?service=Amazon+S3&service=R%26D&format=csv&separator=semicolon&decimal=comma&bom=true",
  );
});

it("names the file by what is in it, and says when it is demo data", () => {
  expect(fileName(budgets, "xlsx", "Northwind/Ltd", null)).toBe("Northwind-Ltd budgets 2026-10.xlsx");
  const charges = { table: "charges", query: { from: "2026-10-01", to: "2026-10-31" } };
  expect(fileName(charges, "pdf", "Demo", "demo data")).toBe(
    "demo data Demo charges 2026-10-01 to 2026-10-31.pdf",
  );
});

it("saves what the program answers", async () => {
  const door = fakeHost({ "GET /exports/tables/people": () => new Blob(["Name\r\n"]) });
  openDoor(door);
  const where = await saveTable({ table: "people" }, "csv", csvLook("en-US"), {
    name: "Northwind",
    mark: null,
  });
  expect(where).toBe("Northwind people.csv");
  expect(door.asked).toEqual([
    "GET /api/v1/exports/tables/people?format=csv&separator=comma&decimal=point&bom=true",
  ]);
});

it("lets the window write what it can write by itself", async () => {
  const saved: string[][] = [];
  openDoor({
    ...fakeHost({}),
    saveFrom: async (path, name) => {
      saved.push([path, name]);
      return name;
    },
  });
  await saveTable({ table: "rules" }, "pdf", csvLook("en-US"), { name: "Northwind", mark: null });
  expect(saved).toEqual([["/api/v1/exports/tables/rules?format=pdf", "Northwind rules.pdf"]]);
});
