import { expect, it } from "vitest";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import { focusName, saveFocus } from "./export";

const ask = { from: "2026-10-01", to: "2026-10-31", format: "parquet", filters: {} } as const;

it("names the file by what is in it, and says when it is demo data", () => {
  expect(focusName(ask, "Northwind/Ltd", null)).toBe("Northwind-Ltd FOCUS 2026-10-01 to 2026-10-31.parquet");
  expect(focusName({ ...ask, format: "csv" }, "Demo", "demo data")).toBe(
    "demo data Demo FOCUS 2026-10-01 to 2026-10-31.csv",
  );
});

it("asks for the range, the format and the filters", async () => {
  const door = fakeHost({ "GET /exports/focus": () => ({}) });
  openDoor(door);
  await saveFocus({ ...ask, filters: { service: ["Amazon S3"] } }, "Northwind", null);
  const query = new URL(`http://x${door.asked[0]?.slice(4)}`).searchParams;
  expect(Object.fromEntries(query)).toEqual({
    from: "2026-10-01",
    to: "2026-10-31",
    format: "parquet",
    service: "Amazon S3",
  });
});

it("lets the window write what it can write by itself", async () => {
  const saved: string[][] = [];
  const door = fakeHost({});
  openDoor({
    ...door,
    saveFrom: async (path, name) => {
      saved.push([path, name]);
      return name;
    },
  });
  await saveFocus({ ...ask, filters: { service: ["Amazon S3", "R&D"] } }, "Northwind", null);
  expect(saved).toEqual([
    [
      "/api/v1/exports/focus?from=2026-10-01&to=2026-10-31&format=parquet&service=Amazon+S3&service=R%26D",
      "Northwind FOCUS 2026-10-01 to 2026-10-31.parquet",
    ],
  ]);
  expect(door.asked).toEqual([]);
});

it("gives the program's own words when it is refused", async () => {
  openDoor(
    fakeHost({
      "GET /exports/focus": () => {
        throw { code: "export.empty", title: "Nothing", detail: "No charge lies there.", status: 422 };
      },
    }),
  );
  await expect(saveFocus(ask, "Northwind", null)).rejects.toThrow("No charge lies there.");
});
