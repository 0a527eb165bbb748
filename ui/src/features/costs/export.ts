import { type Filters, pickFilters } from "../../shared/filters";
import { addressOf, plainName, saveAnswer } from "../../shared/saving";

export type FocusFormat = "csv" | "parquet";
export type FocusAsk = { from: string; to: string; format: FocusFormat; filters: Filters };

/** `Northwind FOCUS 2026-10-01 to 2026-10-31.csv`; what comes from a demo workspace says so. */
export function focusName(ask: FocusAsk, workspace: string, mark: string | null): string {
  const name = [mark, workspace, "FOCUS", ask.from, "to", ask.to].filter((part) => part !== null).join(" ");
  return `${plainName(name)}.${ask.format}`;
}

/** Fetches the export and saves it where the person says. */
export async function saveFocus(
  ask: FocusAsk,
  workspace: string,
  mark: string | null,
): Promise<string | null> {
  const { filters, ...rest } = ask;
  return saveAnswer(
    addressOf("/exports/focus", { ...rest, ...pickFilters(filters) }),
    focusName(ask, workspace, mark),
  );
}
