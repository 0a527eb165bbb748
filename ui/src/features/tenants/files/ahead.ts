import { queryOptions } from "@tanstack/react-query";
import { host } from "../../../host/client";
import type { UploadFinding, UploadPreflight } from "../../../host/wire";
import { compareAmounts, formatCount, formatMoney } from "../../../shared/money";
import { nameSize } from "../../../shared/sizes";

/** What sending these would meet, asked anew for every drop: what lies there may have changed. */
export const lookedAhead = (tenant: number, paths: string[], to: string) =>
  queryOptions({
    queryKey: ["ahead", tenant, to, paths],
    queryFn: async () => (await host().carry?.lookAhead(tenant, paths, { to })) ?? null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** What is said of one file or of many alike: once, with their names. */
export type Said = { weight: string; text: string; paths: string[] };

/** Findings that say the same, together; the gravest stay first. */
export function together(findings: UploadFinding[]): Said[] {
  const said = new Map<string, Said>();
  for (const { weight, text, path } of findings) {
    const key = `${weight} ${text}`;
    const known = said.get(key) ?? { weight, text, paths: [] };
    said.set(key, known);
    if (path !== null) known.paths.push(path);
  }
  return [...said.values()];
}

/** A sentence begins with a capital, unless its first word is a name such as `s3:PutObject`. */
export function sentence(text: string): string {
  const begun = /^\w+:/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return begun.endsWith(".") ? begun : `${begun}.`;
}

/** `a.txt, b.txt and 3 more`. */
export function nameSome(names: string[], most = 5): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${formatCount(rest)} more` : names.join(", ");
}

/** Whether something was found with which sending must fail. */
export function isStopped({ findings }: UploadPreflight): boolean {
  return findings.some(({ weight }) => weight === "stop");
}

/** `12 files, 4.2 MB; sending them takes 14 requests, less than $0.01`. */
export function sum({ files, bytes, more, requests, price, currency }: UploadPreflight): string {
  const cent = "0.01";
  const cost =
    compareAmounts(price, cent) < 0
      ? `less than ${formatMoney(cent, currency)}`
      : `about ${formatMoney(price, currency)}`;
  const all = more ? "More than " : "";
  return `${all}${formatCount(files)} ${files === 1 ? "file" : "files"}, ${nameSize(bytes)}; sending ${
    files === 1 ? "it" : "them"
  } takes ${formatCount(requests)} ${requests === 1 ? "request" : "requests"}, ${cost}.`;
}

/** Where a file lands: its name there, and its size here. */
export type Landing = { name: string; bytes: number; taken: boolean };

/** Where files land below the tenant's own place, those first whose names are taken. */
export function landings({ lands, clashes }: UploadPreflight, place: string): Landing[] {
  const taken = new Set(clashes.map(({ key }) => key));
  const all = lands.map(({ key, bytes }) => ({
    name: key.startsWith(place) ? key.slice(place.length) : key,
    bytes,
    taken: taken.has(key),
  }));
  return [...all.filter((one) => one.taken), ...all.filter((one) => !one.taken)];
}
