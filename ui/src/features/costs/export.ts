import { api, host } from "../../host/client";
import { data } from "../../host/problem";
import { type Filters, pickFilters } from "../../shared/filters";

export type FocusFormat = "csv" | "parquet";
export type FocusAsk = { from: string; to: string; format: FocusFormat; filters: Filters };

/** `Northwind FOCUS 2026-10-01 to 2026-10-31.csv`; what comes from a demo workspace says so. */
export function focusName(ask: FocusAsk, workspace: string, mark: string | null): string {
  const name = [mark, workspace, "FOCUS", ask.from, "to", ask.to].filter((part) => part !== null).join(" ");
  return `${name.replace(/[^\p{L}\p{N} ._-]+/gu, "-").trim()}.${ask.format}`;
}

function addressOf(query: Record<string, string | string[]>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, one);
  }
  return `/api/v1/exports/focus?${params}`;
}

/** Fetches the export and saves it where the person says. */
export async function saveFocus(
  ask: FocusAsk,
  workspace: string,
  mark: string | null,
): Promise<string | null> {
  const { filters, ...rest } = ask;
  const query = { ...rest, ...pickFilters(filters) };
  const name = focusName(ask, workspace, mark);
  const { saveFrom } = host();
  // A year of charges is larger than what a page should hold; the window writes it by itself.
  if (saveFrom !== undefined) return saveFrom(addressOf(query), name);
  const file = data(
    await api.GET("/api/v1/exports/focus", { params: { query }, parseAs: "blob" }),
  ) as unknown as Blob;
  return host().save(name, file);
}
