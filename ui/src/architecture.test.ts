// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SOURCE = fileURLToPath(new URL(".", import.meta.url));

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".gen.ts"))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), "utf8") }));

/** The rooms: `features/costs`, `shared`, `host`… */
function roomOf(name: string): string {
  const steps = name.split("/");
  return steps[0] === "features" ? steps.slice(0, 2).join("/") : (steps[0] ?? "");
}

/** From which room to which. */
const arrows = files.flatMap(({ name, text }) =>
  [...text.matchAll(/from "(\.{1,2}\/[^"]+)"/g)].map(([, target = ""]) => ({
    name,
    from: roomOf(name),
    to: roomOf(relative(SOURCE, resolve(SOURCE, name, "..", target))),
  })),
);

it("has no place that imports another place", () => {
  const crossing = arrows.filter(
    ({ from, to }) => from.startsWith("features/") && to.startsWith("features/") && from !== to,
  );
  expect(crossing).toEqual([]);
});

it("has arrows that point down only: the shell, the places, what they share, the door", () => {
  const level = (room: string) =>
    room === "app" || room === "main.tsx" ? 3 : room.startsWith("features/") ? 2 : room === "shared" ? 1 : 0;
  const upward = arrows.filter(
    ({ name, from, to }) => !name.endsWith(".test.ts") && !to.startsWith("..") && level(from) < level(to),
  );
  expect(upward).toEqual([]);
});

it("parses no amount into a number but to draw it", () => {
  const parsing = files.filter(
    ({ name, text }) =>
      /\bparseFloat\(/.test(text) || (/\bNumber\(amount\)/.test(text) && name !== "shared/money.ts"),
  );
  expect(
    parsing.filter(({ name }) => !name.endsWith("architecture.test.ts")).map(({ name }) => name),
  ).toEqual([]);
});

it("keeps files short enough to read", () => {
  const long = files.filter(({ text }) => text.split("\n").length > 350).map(({ name }) => name);
  expect(long).toEqual([]);
});

/** Tables that are had as a file otherwise, or not at all. */
const NO_FILE: Record<string, string> = {
  "features/alerts/RulesPage.tsx": "thresholds of the budgets, which have a file",
  "features/pricebooks/BookPage.tsx": "one of the price books, which have a file together",
  "features/pricebooks/Preview.tsx": "what would be: nothing rests on it",
  "features/tenants/files/FilesTab.tsx": "a folder, not a table of figures",
};

it("offers every table as a file", () => {
  const without = files
    .filter(({ name }) => name.endsWith(".tsx") && !name.includes(".test.") && !name.startsWith("shared/"))
    .filter(({ text }) =>
      [...text.matchAll(/<DataTable\b[\s\S]*?rowId=[\s\S]*?\n\s*\/>/g)].some(
        ([table]) => !table.includes("file={"),
      ),
    )
    .map(({ name }) => name);
  expect(without).toEqual(Object.keys(NO_FILE));
});
