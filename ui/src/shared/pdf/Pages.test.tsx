import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Pages } from "./Pages";

const opening = vi.hoisted(() => [] as ((sheets: object) => void)[]);
vi.mock("./pdf", () => ({
  openPdf: () => new Promise((resolve) => opening.push(resolve)),
  shapeOf: () => ({ width: 210, height: 297 }),
  drawPage: () => () => undefined,
}));

afterEach(cleanup);

const paper = (pages: number) => ({
  pages: Array.from({ length: pages }, (_, at) => ({ pageNumber: at + 1 })),
  close: vi.fn(),
});
const shown = (bytes: ArrayBuffer) => (
  <MantineProvider>
    <Pages bytes={bytes} />
  </MantineProvider>
);

it("keeps a paper open until another is shown in its place, and gives each back once", async () => {
  const [before, after] = [paper(1), paper(2)];
  const { rerender, unmount } = render(shown(new ArrayBuffer(1)));
  opening[0]?.(before);
  await screen.findByLabelText("Page 1 of 1");
  rerender(shown(new ArrayBuffer(2)));
  expect(before.close).not.toHaveBeenCalled();
  opening[1]?.(after);
  await screen.findByLabelText("Page 2 of 2");
  expect(before.close).toHaveBeenCalledTimes(1);
  expect(after.close).not.toHaveBeenCalled();
  unmount();
  expect(after.close).toHaveBeenCalledTimes(1);
});

it("gives a paper back that came too late to be shown", async () => {
  const late = paper(1);
  const { unmount } = render(shown(new ArrayBuffer(1)));
  unmount();
  opening[2]?.(late);
  await vi.waitFor(() => expect(late.close).toHaveBeenCalledTimes(1));
});
