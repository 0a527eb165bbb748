import { LOCALE } from "./locale";

/** Codes that the standard keeps for something else than a country. */
const NO_COUNTRY = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);

const names = new Intl.DisplayNames(LOCALE, { type: "region", fallback: "none" });

/** A country that is another by now is named like that one: `DD` is Germany, too. */
function isFormer(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region !== code;
}

function letters(): string[] {
  return Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
}

let known: { value: string; label: string }[] | undefined;

/** Countries by their two letters, in the order of their names. */
export function countries(): { value: string; label: string }[] {
  known ??= letters()
    .flatMap((first) => letters().map((second) => first + second))
    .flatMap((code) => {
      const name = NO_COUNTRY.has(code) || isFormer(code) ? undefined : names.of(code);
      return name === undefined ? [] : [{ value: code, label: name }];
    })
    .toSorted((left, right) => left.label.localeCompare(right.label));
  return known;
}

/** `DE` → `Germany`; what is no country stays as it is. */
export function nameCountry(code: string | null): string {
  if (code === null || !/^[A-Z]{2}$/.test(code)) return code ?? "";
  return names.of(code) ?? code;
}
