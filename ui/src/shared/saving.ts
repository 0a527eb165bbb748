import { api, host } from "../host/client";
import { data } from "../host/problem";

/** What is asked of an address; what is undefined is left out. */
export type Query = Record<string, string | number | boolean | string[] | undefined>;

/** Where the program answers a question. */
export function addressOf(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) params.append(key, String(one));
  }
  return params.size === 0 ? `/api/v1${path}` : `/api/v1${path}?${params}`;
}

/** A name that a file can have anywhere: without a way into another folder. */
export function plainName(name: string): string {
  return name.replace(/[^\p{L}\p{N} ._-]+/gu, "-").trim();
}

/** The same for what holds somebody's name: that may have 300 characters, a file's must stay below 255 bytes. */
export function shortName(name: string): string {
  return [...plainName(name)].slice(0, 60).join("").trim();
}

/** Saves what the program answers where the person says; where it went, or null when they think better of it. */
export async function saveAnswer(address: string, name: string): Promise<string | null> {
  const { save, saveFrom } = host();
  // A million rows are more than a page should hold; the window writes them by itself.
  if (saveFrom !== undefined) return saveFrom(address, name);
  const answer = await api.GET(address as "/api/v1/backup", { parseAs: "blob" });
  return save(name, data(answer) as unknown as Blob);
}
