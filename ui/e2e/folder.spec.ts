import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Program } from "./program";
import { goTo } from "./watch";

/** Files in one folder; `cargo xtask bench folder` looks at a hundred thousand. */
const FILES = Number(process.env.TALLYPORT_FILES ?? "2500");
const NAME = (at: number) => `order-${String(at).padStart(6, "0")}.csv`;
const program = new Program();
let address = "";

test.beforeAll(async () => {
  test.setTimeout(60_000 + FILES * 20);
  program.run("init", "--sandbox");
  program.run("tenants", "create", "Umbrella GmbH");
  const folder = join(program.folder, "orders");
  mkdirSync(folder);
  for (let at = 0; at < FILES; at += 1) writeFileSync(join(folder, NAME(at)), `order,${at}\n`);
  program.run("upload", folder, "--to", "umbrella-gmbh");
  address = await program.serve();
});
test.afterAll(() => program.end());

test("a folder of many files is gone through from end to end, and only those in view are drawn", async ({
  page,
}) => {
  test.setTimeout(60_000 + FILES * 5);
  await page.goto(address);
  const { id } = program
    .ask("GET", "/tenants")
    .tenants.find(({ name }: { name: string }) => name === "Umbrella GmbH");
  const opened = performance.now();
  await goTo(page, `/tenants/${id}?at=${encodeURIComponent("orders/")}`);
  const list = page.getByRole("region", { name: "Files" });
  await expect(list.getByRole("button", { name: NAME(0), exact: true })).toBeVisible();
  const first = performance.now() - opened;

  // As a person does who drags the bar down as far as it goes, again and again.
  const { frames, took } = await list.evaluate(
    async (element, last) => {
      const frames: number[] = [];
      const began = performance.now();
      let before = began;
      while (!element.textContent?.includes(last)) {
        element.scrollTop = element.scrollHeight;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        frames.push(now - before);
        before = now;
      }
      return { frames: frames.sort((left, right) => left - right), took: before - began };
    },
    NAME(FILES - 1),
  );
  if (process.env.TALLYPORT_FILES !== undefined) {
    const at = (part: number) => frames[Math.floor((frames.length - 1) * part)] ?? 0;
    const [middle, tail, worst] = [0.5, 0.95, 1].map((part) => at(part).toFixed(1));
    process.stdout.write(
      `${FILES} files: first page after ${first.toFixed(0)} ms, the last row after ${(took / 1000).toFixed(1)} s; ` +
        `frames of ${middle} ms in the middle, ${tail} ms at the 95th of 100, ${worst} ms at worst\n`,
    );
  }
  expect(await list.locator("[data-index]").count()).toBeLessThan(150);
  await list.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect(list.getByRole("button", { name: NAME(0), exact: true })).toBeVisible();
});
