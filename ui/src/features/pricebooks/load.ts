import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { PriceBook, PriceBookDraft, PriceEntry, PriceEntryDraft, PricePreview } from "../../host/wire";
import { nameDay } from "../../shared/days";
import { asBody } from "../../shared/file-body";
import { formatMoney } from "../../shared/money";
import { addressOf, plainName, saveAnswer } from "../../shared/saving";

export const books = queryOptions({
  queryKey: ["price books"],
  queryFn: async () => data(await api.GET("/api/v1/price-books")).books,
});

export const book = (id: number) =>
  queryOptions({
    queryKey: ["price books", id],
    queryFn: async () => data(await api.GET("/api/v1/price-books/{id}", { params: { path: { id } } })),
  });

/** Creates a book, or keeps a further version of the one that has this number. */
export async function saveBook(body: PriceBookDraft, id?: number): Promise<PriceBook> {
  return id === undefined
    ? data(await api.POST("/api/v1/price-books", { body }))
    : data(await api.PUT("/api/v1/price-books/{id}", { params: { path: { id } }, body }));
}

export async function deleteBook(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/price-books/{id}", { params: { path: { id } } }));
}

export type FileFormat = "csv" | "toml";

/** Sets the book of this name to what a file says; a new one is added. */
export async function readBook(name: string, file: File): Promise<PriceBook> {
  const format: FileFormat = /\.toml$/i.test(file.name) ? "toml" : "csv";
  return data(
    await api.PUT("/api/v1/price-books/file", { params: { query: { name, format } }, ...asBody(file) }),
  );
}

/** Saves a book where the person says. */
export async function writeBook({ id, name }: PriceBook, format: FileFormat): Promise<string | null> {
  return saveAnswer(addressOf(`/price-books/${id}/file`, { format }), `${plainName(name)}.${format}`);
}

/** Whose month is looked at. */
export type Whose = "people" | "teams" | "clients";

/** What the month would have been charged by the book, or by it with other entries. */
export const preview = (id: number, month: string, whose: Whose, entries?: PriceEntryDraft[]) =>
  queryOptions({
    queryKey: ["price books", id, "preview", month, whose, entries],
    queryFn: async (): Promise<PricePreview> =>
      data(
        await api.POST("/api/v1/price-books/{id}/preview", {
          params: { path: { id } },
          body: { month, for: whose, ...(entries === undefined ? {} : { entries }) },
        }),
      ),
    retry: false,
  });

type Scope = PriceEntry["scope"];

/** Beside those who can be named. */
export const EVERYONE = { group: "All", items: [{ value: "all", label: "Everyone" }] };

/** As requests name whom something is for: `all`, `team:Platform`. */
export function writeScope({ kind, label }: Pick<Scope, "kind" | "label">): string {
  return kind === "all" ? "all" : `${kind}:${label}`;
}

export function nameScope({ kind, label }: Pick<Scope, "kind" | "label">): string {
  return kind === "all" ? "Everyone" : label;
}

/** An entry as it is sent back. */
export function draftOfEntry({ scope, ...entry }: PriceEntry): PriceEntryDraft {
  return { ...entry, scope: writeScope(scope) };
}

/** A book as it is sent back, with other entries if they are given. */
export function draftOf(kept: PriceBook, entries?: PriceEntryDraft[]): PriceBookDraft {
  const { name, note, currency, used_for } = kept;
  return {
    name,
    note,
    currency,
    used_for: used_for.map(writeScope),
    entries: entries ?? kept.entries.map(draftOfEntry),
  };
}

const UNITS: Record<string, string> = {
  gb_stored: "GB stored",
  gb_moved: "GB moved",
  user: "user",
};

/** `-5` and `5`, without what a reader takes from the word beside it. */
function bare(percent: string): string {
  return percent.replace(/^-/, "");
}

function nameTiers(entry: PriceEntry, money: (amount: string) => string): string {
  return (entry.tiers ?? [])
    .map(({ up_to, percent }) => {
      const what = percent.startsWith("-") ? `${bare(percent)} % off` : `${percent} % on top`;
      return up_to === null ? `${what} beyond` : `${what} up to ${money(up_to)}`;
    })
    .join(", ");
}

/** What an entry does to a price, in words. */
export function nameRule(entry: PriceEntry, currency: string | null): string {
  const money = (amount: string | null) =>
    amount === null ? "–" : currency === null ? amount : formatMoney(amount, currency);
  const label = entry.label === null ? "" : `${entry.label}: `;
  switch (entry.kind) {
    case "markup": {
      const percent = entry.percent ?? "0";
      return percent.startsWith("-") ? `${bare(percent)} % discount` : `${percent} % markup`;
    }
    case "tiers":
      return nameTiers(entry, money);
    case "minimum":
      return `at least ${money(entry.amount)} a month`;
    case "fee":
      return `${label}${money(entry.amount)} a month`;
    case "one_off":
      return `${label}${money(entry.amount)}${entry.day === null ? "" : ` on ${nameDay(entry.day)}`}`;
    case "credit":
      return `${label}credit of ${money(entry.amount)}${entry.every === "month" ? " each month" : ""}${
        entry.rolls_over ? ", what is left rolls over" : ""
      }`;
    case "usage":
      return `${money(entry.amount)} per ${UNITS[entry.unit ?? ""] ?? entry.unit}`;
    default:
      return entry.kind;
  }
}

/** From when to when an entry holds. */
export function nameValidity({ from, to }: Pick<PriceEntry, "from" | "to">): string {
  if (from === null && to === null) return "always";
  if (from === null) return `until ${nameDay(to ?? "")}`;
  return to === null ? `from ${nameDay(from)}` : `${nameDay(from)} – ${nameDay(to)}`;
}
