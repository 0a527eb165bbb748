import { api, host } from "../host/client";
import { data } from "../host/problem";

/** A table that can be had as a file, and what narrows it: as its page asks for it. */
export type TableFile = {
  table: string;
  query?: Record<string, string | number | string[] | undefined>;
};

export type TableFormat = "xlsx" | "csv" | "pdf";

/** How a CSV file is written, which depends on who opens it where. */
export type CsvLook = {
  separator: "comma" | "semicolon" | "tab";
  decimal: "point" | "comma";
  bom: boolean;
};

/** What spreadsheets expect where the person lives: a comma cannot be both a separator and a decimal point. */
export function csvLook(locale: string | undefined): CsvLook {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  const comma = parts.some(({ type, value }) => type === "decimal" && value === ",");
  return comma
    ? { separator: "semicolon", decimal: "comma", bom: true }
    : { separator: "comma", decimal: "point", bom: true };
}

/** Where the program answers with the file. */
export function addressOf({ table, query = {} }: TableFile, format: TableFormat, look: CsvLook): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) params.append(key, String(one));
  }
  params.append("format", format);
  if (format === "csv") {
    params.append("separator", look.separator);
    params.append("decimal", look.decimal);
    params.append("bom", String(look.bom));
  }
  return `/api/v1/exports/tables/${table}?${params}`;
}

/** `Northwind budgets 2026-10.xlsx`; what comes from a demo workspace says so. */
export function fileName(
  file: TableFile,
  format: TableFormat,
  workspace: string,
  mark: string | null,
): string {
  const { month, from, to } = file.query ?? {};
  const of = month ?? (from === undefined ? [] : `${from} to ${to}`);
  const name = [mark ?? [], workspace, file.table, of].flat().join(" ");
  return `${name.replace(/[^\p{L}\p{N} ._-]+/gu, "-").trim()}.${format}`;
}

/** Fetches the file and saves it where the person says. */
export async function saveTable(
  file: TableFile,
  format: TableFormat,
  look: CsvLook,
  workspace: { name: string; mark: string | null },
): Promise<string | null> {
  const address = addressOf(file, format, look);
  const name = fileName(file, format, workspace.name, workspace.mark);
  const { saveFrom } = host();
  // A million rows are more than a page should hold; the window writes them by itself.
  if (saveFrom !== undefined) return saveFrom(address, name);
  const answer = await api.GET(address as "/api/v1/exports/tables/people", { parseAs: "blob" });
  return host().save(name, data(answer) as unknown as Blob);
}
