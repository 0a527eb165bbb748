import { beforeEach, expect, it } from "vitest";
import { invoices as all } from "../../../dev/billing/invoices";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import { asRefusal } from "../../host/problem";
import { chosen, fileName, inTurn, issue, type Progress } from "./load";

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

const batch = (ids: number[]) => ids.flatMap((id) => all.find((one) => one.id === id) ?? []);

it("issues in the order on the screen, goes past a refusal and says which it was", async () => {
  const told: Progress[] = [];
  const ended = await inTurn(
    batch([2, 1, 3, 4]),
    issue,
    (progress) => told.push(progress),
    () => false,
  );
  expect(door.asked.map((one) => one.split("/")[4])).toEqual(["2", "1", "3", "4"]);
  expect(ended.done).toBe(3);
  expect(ended.refused.map(({ name, fault }) => [name, asRefusal(fault).message])).toEqual([
    ["Invoice INV-2026-0003", "October is not final."],
  ]);
  expect(told.map(({ done, refused }) => done + refused.length)).toEqual([1, 2, 3, 4]);
});

it("begins nothing more once it is stopped", async () => {
  let stopped = false;
  const ended = await inTurn(
    batch([1, 2, 4]),
    issue,
    () => {
      stopped = true;
    },
    () => stopped,
  );
  expect(ended.done).toBe(1);
  expect(door.asked).toHaveLength(1);
});

it("names the file so that it can be found and leads nowhere else", () => {
  const of = { number: "INV/2026-1", period: "2026-10", for: { label: "../Ådne <x>" } };
  expect(fileName(of)).toBe("INV-2026-1 ..-Ådne -x- 2026-10.pdf");
});

it("keeps the name of a file short where a person's is long", () => {
  const of = { number: null, period: "2026-10", for: { label: "née Byron ".repeat(30) } };
  expect(new TextEncoder().encode(fileName(of, "factur-x.pdf")).length).toBeLessThan(200);
});

it("finds invoices by state, name and number", () => {
  const ids = (...ask: [Parameters<typeof chosen>[1], string | undefined]) =>
    chosen(all, ...ask).map((one) => one.id);
  expect(ids("drafts", undefined)).toEqual([4, 5, 6]);
  expect(ids("settled", undefined)).toEqual([7, 8]);
  expect(ids(undefined, "inv-2026-0003")).toEqual([3]);
  expect(ids("open", "björn")).toEqual([2]);
});
