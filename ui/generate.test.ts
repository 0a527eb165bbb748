// @vitest-environment node
import { expect, it } from "vitest";
import { committed, generated } from "./generate.mjs";

it("has a client that was generated from the program's document as it is", async () => {
  expect(committed() === (await generated()), "stale: run `npm run generate` in ui/").toBe(true);
});
