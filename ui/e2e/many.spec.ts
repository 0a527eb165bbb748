import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { focusBill } from "./bill";
import { Program } from "./program";
import { goTo } from "./watch";

const ROWS = 100_000;
const program = new Program();
let address = "";

test.beforeAll(async () => {
  test.setTimeout(300_000);
  program.run("init");
  const bill = join(program.folder, "many.csv");
  writeFileSync(
    bill,
    focusBill(
      Array.from({ length: ROWS }, (_, at) => ({
        ResourceId: `i-${String(at).padStart(8, "0")}`,
        BilledCost: `${at + 1}.000000001`,
      })),
    ),
  );
  program.run("import", bill);
  address = await program.serve();
});
test.afterAll(() => program.end());

test("a hundred thousand charges scroll from end to end, and only those in view are drawn", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto(address);
  await goTo(page, "/charges?from=2024-09-01&to=2024-09-30");
  await expect(page.getByText("100,000 charges")).toBeVisible();
  const list = page.getByTestId("charges");
  await expect(list.getByText("i-00099999")).toBeVisible();

  const frames = await list.evaluate(async (element) => {
    const times: number[] = [];
    let before = performance.now();
    for (let step = 0; step < 120; step += 1) {
      element.scrollTop += 700;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      times.push(performance.now() - before);
      before = performance.now();
    }
    return times.sort((left, right) => left - right);
  });
  test.info().annotations.push({ type: "median frame", description: `${frames[60]?.toFixed(1)} ms` });
  expect(await list.locator("[data-index]").count()).toBeLessThan(120);
  await list.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await expect(list.getByText("i-00000000")).toBeVisible();
  await list.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect(list.getByText("i-00099999")).toBeVisible();
  await list.locator('[data-index="0"] [data-nav]').focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Why this charge" })).toContainText("i-00099998");
});
