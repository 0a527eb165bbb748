import { type RefObject, useEffect } from "react";

/** What the arrow keys step through. */
const STOP = "[data-nav]";

function stops(root: HTMLElement): HTMLElement[] {
  return Array.from(root.querySelectorAll<HTMLElement>(STOP));
}

/** Keeps exactly one stop in the tab order. */
function settle(root: HTMLElement, chosen?: HTMLElement): void {
  const all = stops(root);
  const keep = chosen ?? all.find((stop) => stop.tabIndex === 0) ?? all[0];
  for (const stop of all) stop.tabIndex = stop === keep ? 0 : -1;
}

function place(stop: HTMLElement): { row: number; column: number } {
  const row = stop.closest<HTMLElement>("[data-index]");
  const cell = stop.closest<HTMLTableCellElement>("td, th, [data-column]");
  return {
    row: Number(row?.dataset.index ?? -1),
    column: cell === null ? 0 : Array.from(cell.parentElement?.children ?? []).indexOf(cell),
  };
}

function stopAt(root: HTMLElement, row: number, column: number): HTMLElement | undefined {
  const line = root.querySelector<HTMLElement>(`[data-index="${row}"]`);
  if (line === null) return undefined;
  const inLine = stops(line);
  return (
    inLine.find((stop) => place(stop).column === column) ??
    inLine.filter((stop) => place(stop).column < column).at(-1) ??
    inLine[0]
  );
}

/**
 * Lets the arrow keys, Home and End walk a table whose stops carry `data-nav` in rows that carry
 * `data-index`. One stop is in the tab order at a time.
 */
export function useArrowKeys(root: RefObject<HTMLElement | null>, reveal?: (row: number) => void): void {
  useEffect(() => {
    if (root.current !== null) settle(root.current);
  });
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const go = (row: number, column: number) => {
      const target = stopAt(element, row, column);
      if (target !== undefined) {
        target.focus();
        target.scrollIntoView?.({ block: "nearest", inline: "nearest" });
        return;
      }
      if (row < 0 || reveal === undefined) return;
      reveal(row);
      // The row is drawn in the next frame but one.
      requestAnimationFrame(() => requestAnimationFrame(() => stopAt(element, row, column)?.focus()));
    };
    const press = (event: KeyboardEvent) => {
      const stop = (event.target as HTMLElement).closest<HTMLElement>(STOP);
      if (stop === null || event.altKey || event.ctrlKey || event.metaKey) return;
      const { row, column } = place(stop);
      const line = stop.closest<HTMLElement>("[data-index]");
      const beside = line === null ? [] : stops(line);
      const at = beside.indexOf(stop);
      if (event.key === "ArrowDown") go(row + 1, column);
      else if (event.key === "ArrowUp") go(row - 1, column);
      else if (event.key === "ArrowRight") beside[at + 1]?.focus();
      else if (event.key === "ArrowLeft") beside[at - 1]?.focus();
      else if (event.key === "Home") beside[0]?.focus();
      else if (event.key === "End") beside.at(-1)?.focus();
      else return;
      event.preventDefault();
    };
    const focused = (event: FocusEvent) => {
      const stop = (event.target as HTMLElement).closest<HTMLElement>(STOP);
      if (stop !== null) settle(element, stop);
    };
    element.addEventListener("keydown", press);
    element.addEventListener("focusin", focused);
    return () => {
      element.removeEventListener("keydown", press);
      element.removeEventListener("focusin", focused);
    };
  }, [root, reveal]);
}
