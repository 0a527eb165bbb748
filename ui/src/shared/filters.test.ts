import { expect, it } from "vitest";
import { filterOfRow, pickFilters, toggleFilter } from "./filters";

it("narrows to the row that was clicked", () => {
  expect(filterOfRow("service", "Amazon EC2")).toEqual({ service: ["Amazon EC2"] });
  expect(filterOfRow("tag:Cost Centre", "42")).toEqual({ tag: ["Cost Centre=42"] });
  expect(filterOfRow("person", "unowned")).toEqual({ owner: ["unowned"] });
});

it("takes a filter out that is there and puts it in when it is not", () => {
  const once = toggleFilter({}, "region", "eu-west-1");
  expect(once).toEqual({ region: ["eu-west-1"] });
  expect(toggleFilter(once, "region", "eu-west-1")).toEqual({});
});

it("keeps what is no filter out of the question", () => {
  expect(pickFilters({ service: [], team: ["Core"] })).toEqual({ team: ["Core"] });
});
