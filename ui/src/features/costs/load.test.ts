import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { replies } from "../../../dev/company";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import { costs } from "./load";
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
