import { addressOf, plainName, type Query, saveAnswer } from "./saving";

/** A table that can be had as a file, and what narrows it: as its page asks for it. */
export type TableFile = {
  table: string;
  query?: Query;
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
export function fileAddress({ table, query }: TableFile, format: TableFormat, look: CsvLook): string {
  return addressOf(`/exports/tables/${table}`, { ...query, format, ...(format === "csv" ? look : {}) });
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
  return `${plainName(name)}.${format}`;
}

/** Fetches the file and saves it where the person says. */
export async function saveTable(
  file: TableFile,
  format: TableFormat,
  look: CsvLook,
  workspace: { name: string; mark: string | null },
): Promise<string | null> {
  return saveAnswer(fileAddress(file, format, look), fileName(file, format, workspace.name, workspace.mark));
}
