import { beforeEach, expect, it } from "vitest";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import type { Job } from "../../host/wire";
import { badRowsOf, describeFiles, planSync, resultOf } from "./load";
import { summary } from "./summary";

const job = (part: Partial<Job>): Job => ({
  id: 1,
  kind: "import",
  title: "Import of bill.csv",
  state: "done",
  done: 0,
  total: 0,
  unit: "bytes",
  message: "",
  started_at: "2026-11-21T08:00:00Z",
  ended_at: null,
  started_by: "local",
  result: null,
  problem: null,
  ...part,
});

let door = fakeHost({});
beforeEach(() => {
  door = fakeHost({
    "POST /syncs": () => ({ athena_up_to: null, plans: [{ client: "Northwind", price: "0.26" }] }),
  });
  openDoor(door);
});

it("shows the price of a sync without running it", async () => {
  expect(await planSync("Northwind")).toMatchObject({ plans: [{ price: "0.26" }], toAgree: null });
  expect(door.asked).toEqual(["POST /api/v1/syncs"]);
});

it("says in a sentence what an import did", () => {
  const periods = [
    { client: "A", billing_account: "1", period: "2024-09", outcome: "new", version: 1, totals: [] },
    { client: "A", billing_account: "1", period: "2024-10", outcome: "replaced", version: 2, totals: [] },
  ];
  const done = job({
    result: { file: "bill.csv", charges: 1234, periods, notes: [], skipped_rows: [] } as never,
  });
  expect(summary(done)).toBe("bill.csv: billing periods 1 new, 1 replaced, 1,234 charges");
});

it("says in a sentence what a sync did", () => {
  const period = {
    client: "A",
    billing_account: "1",
    period: "2026-11",
    outcome: "unchanged",
    version: 1,
    totals: [],
  };
  const connections = [{ requests: 19, price: "0.19", currency: "USD", notes: [], periods: [period] }];
  const done = job({ kind: "sync", title: "Sync A", result: { connections, requests: 19 } as never });
  expect(summary(done)).toBe("Sync A: billing periods 1 unchanged");
  expect(resultOf(done)?.asked).toEqual([{ requests: 19, price: "0.19", currency: "USD" }]);
});

it("says how many bills came in together", () => {
  const periods = [
    { client: "A", billing_account: "1", period: "2024-09", outcome: "new", version: 1, totals: [] },
  ];
  const sets = [
    { file: "september", format: "CUR 2.0", lines: 20, charges: 4, files: [{ name: "1.parquet", bytes: 7 }] },
    { file: "october", format: "CUR 2.0", lines: 20, charges: 4, files: [] },
  ];
  const done = job({ result: { file: "bills", charges: 8, periods, sets } as never });
  expect(summary(done)).toBe("bills: 2 bills, billing periods 1 new, 8 charges");
  expect(resultOf(done)?.sets.map((set) => set.files.length)).toEqual([1, 0]);
});

it("says what a sync fetches from an export", () => {
  const plan = (files: number, bytes: number) =>
    ({ files, bytes, source: "export", price_text: null }) as never;
  expect(describeFiles(plan(3, 48_200_000))).toBe("3 files of the export, 48.2 MB");
  expect(describeFiles(plan(0, 0))).toBe("Nothing new in the export");
});

it("finds the rows for which a file was refused", () => {
  const rows = [{ line: 12, column: "BilledCost", reason: "is not a number" }];
  const problem = { code: "import.bad_rows", details: { rows, count: 1 } } as never;
  expect(badRowsOf(job({ state: "failed", problem }))).toEqual({ rows, count: 1 });
  expect(badRowsOf(job({}))).toBeUndefined();
});

it("does not stumble over a result it does not know", () => {
  expect(resultOf(job({ result: "nonsense" as never }))).toBeUndefined();
});
