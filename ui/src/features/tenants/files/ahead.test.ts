import { expect, it } from "vitest";
import type { UploadPreflight } from "../../../host/wire";
import { isStopped, landings, nameSome, sum, together } from "./ahead";

const found = (part: Partial<UploadPreflight> = {}): UploadPreflight => ({
  findings: [],
  files: 1,
  bytes: 48_211,
  more: false,
  lands: [],
  clashes: [],
  requests: 1,
  currency: "USD",
  price: "0.000005",
  ...part,
});

it("says once what holds for many files", () => {
  const doubt = { weight: "warning", code: "transfer.doubtful_name", text: "Windows keeps this name" };
  const denied = { weight: "stop", code: "transfer.denied", text: "s3:PutObject is missing", path: null };
  const said = together([denied, { ...doubt, path: "in/aux.txt" }, { ...doubt, path: "in/con.txt" }]);
  expect(said).toEqual([
    { weight: "stop", text: "s3:PutObject is missing", paths: [] },
    { weight: "warning", text: "Windows keeps this name", paths: ["in/aux.txt", "in/con.txt"] },
  ]);
  expect(isStopped(found({ findings: [denied] }))).toBe(true);
  expect(isStopped(found({ findings: [{ ...doubt, path: "in/aux.txt" }] }))).toBe(false);
});

it("names a few of many", () => {
  expect(nameSome(["a", "b"])).toBe("a, b");
  expect(nameSome(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
});

it("says what sending comes to, and does not make up cents", () => {
  expect(sum(found())).toBe("1 file, 48 KB; sending it takes 1 request, less than $0.01.");
  const many = found({ files: 20_000, bytes: 4_200_000, more: true, requests: 20_400, price: "0.102" });
  expect(sum(many)).toBe("More than 20,000 files, 4.2 MB; sending them takes 20,400 requests, about $0.10.");
});

it("shows files where the tenant sees them, and first those whose names are taken", () => {
  const lands = ["acme/in/a.txt", "acme/in/b.txt"].map((key) => ({ path: "", key, bytes: 5 }));
  const clashes = [{ key: "acme/in/b.txt", bytes: 7, modified: null }];
  expect(landings(found({ lands, clashes }), "acme/")).toEqual([
    { name: "in/b.txt", bytes: 5, taken: true },
    { name: "in/a.txt", bytes: 5, taken: false },
  ]);
});
