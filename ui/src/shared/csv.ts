/** What a spreadsheet would run as a formula when it opens the file. */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell: text, or an amount that stays a number. */
export type Cell = string | { amount: string };

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function written(cell: Cell): string {
  if (typeof cell !== "string")
    return /^-?\d+(\.\d+)?$/.test(cell.amount) ? cell.amount : quoted(`'${cell.amount}`);
  return quoted(FORMULA.test(cell) ? `'${cell}` : cell);
}

/** A table as CSV with a byte-order mark, so that spreadsheets read it as UTF-8. */
export function toCsv(rows: Cell[][]): string {
  return `\uFEFF${rows.map((row) => row.map(written).join(",")).join("\r\n")}\r\n`;
}

export function csvFile(rows: Cell[][]): Blob {
  return new Blob([toCsv(rows)], { type: "text/csv;charset=utf-8" });
}
