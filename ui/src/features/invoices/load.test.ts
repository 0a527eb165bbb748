import { beforeEach, expect, it } from "vitest";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import { Refusal } from "../../host/problem";
import { byService, fileName, issueAll } from "./load";

let door = fakeHost({});
beforeEach(() => {
  door = fakeHost({
    "POST /invoices/*/issue": ({ matched }) => {
      if (matched[0] === "3") {
        throw { code: "invoice.estimated", title: "Conflict", detail: "October is not final.", status: 409 };
      }
      return { id: Number(matched[0]), number: `INV-${matched[0]}` };
    },
  });
  openDoor(door);
});

it("issues in the order on the screen and stops at the first refusal", async () => {
  await expect(issueAll([2, 1, 3, 4])).rejects.toThrow(Refusal);
  expect(door.asked.map((one) => one.split("/")[4])).toEqual(["2", "1", "3"]);
});

it("names the file so that it can be found and leads nowhere else", () => {
  const of = {
    number: "INV/2026-1",
    period: "2026-10",
    for: { kind: "person", id: 1, label: "../Ådne <x>" },
  };
  expect(fileName(of)).toBe("INV-2026-1 ..-Ådne -x- 2026-10.pdf");
});

it("puts lines under their service without a sum", () => {
  const line = (service: string, resource: string) => ({ service, resource, amount: "1.00", exact: "1.00" });
  const groups = byService([line("EC2", "a"), line("EC2", "b"), line("S3", "c")]);
  expect(groups.map((group) => [group.service, group.lines.length])).toEqual([
    ["EC2", 2],
    ["S3", 1],
  ]);
});
