import { expect, it } from "vitest";
import { openDoor } from "../../host/client";
import { fakeHost } from "../../host/fake";
import type { Quarantined } from "../../host/wire";
import { inOrder, release } from "./load";

const item = (id: number, since: string, released: Quarantined["released"]) =>
  ({ id, since, released }) as Quarantined;

it("puts what is held back before what was released, the latest first", () => {
  const by = { by: "local", at: "2026-11-20T08:00:00Z", note: "Checked with AWS" };
  const items = [
    item(1, "2026-11-01T08:00:00Z", by),
    item(2, "2026-11-02T08:00:00Z", null),
    item(3, "2026-11-03T08:00:00Z", null),
  ];
  expect(inOrder(items).map(({ id }) => id)).toEqual([3, 2, 1]);
});

it("releases with the note and nothing else", async () => {
  let sent: unknown;
  openDoor(
    fakeHost({
      "POST /quarantine/*/release": ({ body, matched }) => {
        sent = [matched[0], body];
        return item(7, "2026-11-01T08:00:00Z", null);
      },
    }),
  );
  await release(7, "  Checked with AWS ");
  expect(sent).toEqual(["7", { note: "Checked with AWS" }]);
});
