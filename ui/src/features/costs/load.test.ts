import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { replies } from "../../../dev/company";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import { costs, exportTable } from "./load";
import { costsSearch } from "./search";

const cache = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } });
let door = fakeHost(replies);
beforeEach(() => {
  door = fakeHost(replies);
  openDoor(door);
});

const ask = {
  from: "2026-10-01",
  to: "2026-10-02",
  by: "service",
  interval: "day",
  metric: "billed",
  compare: true,
  filters: { service: ["Amazon EC2", "Amazon S3"], tag: ["Cost Centre=42"] },
} as const;

it("sends each filter value by itself", async () => {
  await cache.fetchQuery(
    costs({ ...ask, filters: { service: ["Amazon EC2", "Amazon S3"], tag: ["Cost Centre=42"] } }),
  );
  const query = new URL(`http://x${door.asked[0]?.split(" ").slice(1).join(" ")}`).searchParams;
  expect(query.getAll("service")).toEqual(["Amazon EC2", "Amazon S3"]);
  expect(query.getAll("tag")).toEqual(["Cost Centre=42"]);
  expect(query.get("compare")).toBe("previous");
});

it("exports what is on the screen, with names that no spreadsheet runs", async () => {
  const answer = await cache.fetchQuery(costs({ ...ask, by: "=tag", filters: {} }));
  const result = answer.results[0];
  if (result === undefined) throw new Error("no result");
  result.rows[0] = {
    key: "k",
    label: "=HYPERLINK(1)",
    amount: "-2.61370000000",
    cells: ["-2.5", "-0.1137"],
    previous: null,
  };
  const csv = await exportTable(answer, result, "Tag", null).text();
  const lines = csv.split("\r\n");
  expect(lines[0]).toBe("\uFEFFTag,Key,Oct 1,Oct 2,Total (USD),Before");
  expect(lines[1]).toBe("'=HYPERLINK(1),k,-2.5,-0.1137,-2.61370000000,");
  expect(lines.at(-2)).toMatch(/^Total,,/);
  const marked = (await exportTable(answer, result, "Tag", "demo data").text()).split("\r\n");
  expect(marked[0]).toBe(`${lines[0]},Mark`);
  for (const line of marked.slice(1, -1)) expect(line).toMatch(/,demo data$/);
});

it("reads an address that somebody wrote by hand", () => {
  expect(
    costsSearch.parse({ by: "nonsense", from: "yesterday", service: "Amazon S3", metric: 7 }),
  ).toMatchObject({
    by: undefined,
    from: undefined,
    metric: undefined,
    service: ["Amazon S3"],
  });
  expect(costsSearch.parse({ by: "tag:owner" }).by).toBe("tag:owner");
});
