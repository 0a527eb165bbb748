import { expect, it } from "vitest";
import { filterOfRow, narrow, pickFilters, toggleFilter } from "./filters";

const named = (key: string, label = key) => ({ key, label });

it("narrows to the row that was clicked", () => {
  expect(filterOfRow("service", named("Amazon EC2"))).toEqual({ service: ["Amazon EC2"] });
  expect(filterOfRow("tag:Cost Centre", named("42"))).toEqual({ tag: ["Cost Centre=42"] });
  expect(filterOfRow("region", named("(none)", "No region"))).toEqual({ region: ["(none)"] });
});

it("names owners as people do, and tells a team's own from its members'", () => {
  expect(filterOfRow("person", named("unowned", "Unowned"))).toEqual({ owner: ["unowned"] });
  expect(filterOfRow("person", named("6", "Tom Becker"))).toEqual({ person: ["Tom Becker"] });
  expect(filterOfRow("person", named("team:2", "Storefront (team)"))).toEqual({
    person: ["team:Storefront"],
  });
  expect(filterOfRow("team", named("2", "Storefront"))).toEqual({ team: ["Storefront"] });
});

it("keeps the other tags when it narrows to one", () => {
  const filters = { tag: ["env=prod", "owner=ada", "owner=bea"], service: ["S3"] };
  expect(narrow(filters, "tag:owner", named("ada"))).toEqual({
    tag: ["env=prod", "owner=ada"],
    service: ["S3"],
  });
  expect(narrow(filters, "service", named("EC2"))).toEqual({ ...filters, service: ["EC2"] });
});

it("takes a filter out that is there and puts it in when it is not", () => {
  const once = toggleFilter({}, "region", "eu-west-1");
  expect(once).toEqual({ region: ["eu-west-1"] });
  expect(toggleFilter(once, "region", "eu-west-1")).toEqual({});
});

it("keeps what is no filter out of the question", () => {
  expect(pickFilters({ service: [], team: ["Core"] })).toEqual({ team: ["Core"] });
});
