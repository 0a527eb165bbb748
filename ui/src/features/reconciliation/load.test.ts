import { expect, it } from "vitest";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import type { Reconciled } from "../../host/wire";
import { gravestFirst, nameFinding, planReconciliation } from "./load";

it("puts what nobody can explain before what agrees", () => {
  const of = (name: string, state: string) => ({ client: { id: 1, name }, state }) as Reconciled;
  const order = gravestFirst([
    of("A", "agrees"),
    of("B", "explained"),
    of("D", "unexplained"),
    of("C", "unexplained"),
  ]);
  expect(order.map(({ client }) => client.name)).toEqual(["C", "D", "B", "A"]);
});

it("asks for the price before anything else", async () => {
  let sent: unknown;
  openDoor(
    fakeHost({
      "POST /reconciliations": ({ body }) => {
        sent = body;
        return { requests: 3, price: "0.03", currency: "USD", calls: [] };
      },
    }),
  );
  expect(await planReconciliation("2026-10", "Northwind")).toMatchObject({ price: "0.03" });
  expect(sent).toEqual({ month: "2026-10", client: "Northwind", dry_run: true });
});

it("names findings that it does not know by their own words", () => {
  expect(nameFinding("missing_file")).toBe("A file is missing");
  expect(nameFinding("something_new")).toBe("Something new");
});
