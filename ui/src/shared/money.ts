/**
 * Amounts are decimal strings from the program to the screen: never parsed to compute with, never
 * added. `Intl.NumberFormat` takes such a string and rounds it exactly.
 */

import { LOCALE } from "./locale";

const MINUS = "−";
const formats = new Map<string, Intl.NumberFormat>();

function format(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(LOCALE, { signDisplay: "negative", ...options });
    formats.set(key, found);
  }
  return found;
}

function write(formatter: Intl.NumberFormat, amount: string): string {
  return formatter
    .formatToParts(amount as Intl.StringNumericLiteral)
    .map((part) => (part.type === "minusSign" ? MINUS : part.value))
    .join("");
}

function isCurrencyCode(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency);
}

/** `1234.5`, `USD` → `$1,234.50`. A unit that is no ISO currency (a provider's credits) is written behind. */
export function formatMoney(amount: string, currency: string): string {
  return isCurrencyCode(currency)
    ? write(format(`money ${currency}`, { style: "currency", currency }), amount)
    : `${formatFigure(amount)} ${currency}`;
}

/** Like `formatMoney`, without the cents: for a chart's axis. */
export function formatMoneyBriefly(amount: number, currency: string): string {
  const options: Intl.NumberFormatOptions = { notation: "compact", maximumFractionDigits: 1 };
  return isCurrencyCode(currency)
    ? write(format(`brief ${currency}`, { style: "currency", currency, ...options }), String(amount))
    : write(format("brief", options), String(amount));
}

/** `1234.5` → `1,234.50`: a figure in a table whose head names the currency. */
export function formatFigure(amount: string): string {
  return write(format("figure", { minimumFractionDigits: 2, maximumFractionDigits: 2 }), amount);
}

/** All the digits there are: `20.6203386184` → `20.6203386184`. */
export function formatExactly(amount: string): string {
  return write(format("exact", { minimumFractionDigits: 2, maximumFractionDigits: 12 }), amount);
}

/** A whole number of things. */
export function formatCount(count: number): string {
  return format("count", { maximumFractionDigits: 0 }).format(count);
}

/**
 * An amount as a coordinate on the screen. The only place where an amount becomes a float; what
 * comes out is drawn, never shown as a figure and never computed with.
 */
export function toPlot(amount: string): number {
  return Number(amount);
}

const SCALE = 12;

/** The amount as an integer of 10⁻¹², to compare exactly. */
function scaled(amount: string): bigint {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(amount.trim()) ?? [];
  const digits = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, "0"));
  return sign === "-" ? -digits : digits;
}

export function isZero(amount: string): boolean {
  return scaled(amount) === 0n;
}

export function isNegative(amount: string): boolean {
  return scaled(amount) < 0n;
}

/** Orders amounts for a table: negative when `left` is smaller. */
export function compareAmounts(left: string, right: string): number {
  const [a, b] = [scaled(left), scaled(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

export type Direction = "up" | "down" | "same";

/** How an amount stands to the one before: a direction and a ratio, which is not money. */
export function change(amount: string, previous: string): { direction: Direction; text: string } {
  const [now, before] = [scaled(amount), scaled(previous)];
  if (now === before) return { direction: "same", text: "no change" };
  const direction = now > before ? "up" : "down";
  if (before === 0n) return { direction, text: "new" };
  const base = before < 0n ? -before : before;
  const moved = now > before ? now - before : before - now;
  const permille = (moved * 1000n + base / 2n) / base;
  if (permille >= 10_000n) return { direction, text: "> 999 %" };
  if (permille === 0n) return { direction: "same", text: "0.0 %" };
  const text = write(
    format("percent", { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    `${permille / 10n}.${permille % 10n}`,
  );
  return { direction, text: `${text} %` };
}

/**
 * How much of `whole` a `part` is, in thousandths: a length on the screen or a ratio in words, never
 * money. Nothing and less than nothing have no length.
 */
export function portion(part: string, whole: string): number {
  const [of, all] = [scaled(part), scaled(whole)];
  if (of <= 0n || all <= 0n) return 0;
  const permille = (of * 1000n + all / 2n) / all;
  return Number(permille > 100_000n ? 100_000n : permille);
}

/** `820` of `1000` → `82.0 %`; a dash where there is nothing to compare with. */
export function usedOf(part: string, whole: string): string {
  if (scaled(whole) <= 0n) return "–";
  const permille = portion(part, whole);
  const text = write(
    format("percent", { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    `${Math.floor(permille / 10)}.${permille % 10}`,
  );
  return permille >= 100_000 ? "> 9,999 %" : `${text} %`;
}

/** The largest of these amounts. */
export function largest(amounts: string[]): string {
  return amounts.reduce((most, one) => (compareAmounts(one, most) > 0 ? one : most), amounts[0] ?? "0");
}

type Separators = { decimal: string; group: string };

function separators(): Separators {
  const parts = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1 }).formatToParts(1234567.5);
  const symbol = (type: string) => parts.find((part) => part.type === type)?.value;
  return { decimal: symbol("decimal") ?? ".", group: symbol("group") ?? "," };
}

/** An amount to be typed over: as the person writes figures, so that `readAmount` reads the same again. */
export function writeAmount(amount: string): string {
  return write(
    format("typed", { useGrouping: false, minimumFractionDigits: 2, maximumFractionDigits: 9 }),
    amount,
  );
}

/** The same with a minus before it, as a discount or money that goes back is. */
export function readSigned(typed: string): string | undefined {
  const text = typed.trim();
  const amount = readAmount(text.replace(/^[-−]\s*/, ""));
  return amount !== undefined && /^[-−]/.test(text) ? `-${amount}` : amount;
}

/**
 * What a person typed, as the program takes amounts: `1,200.50` → `1200.50`; undefined when it is none.
 * Thousands stand apart in threes or not at all, so that no decimal point is ever taken for one of them.
 */
export function readAmount(typed: string, { decimal, group } = separators()): string | undefined {
  const text = typed.trim().replace(/^[$€£]\s*/, "");
  const apart = `[${group.replace(/[\]\\^-]/g, "\\$&")}\\s\u00a0\u202f’']`;
  const grouped = new RegExp(`^\\d{1,3}(${apart}\\d{3})+(?=$|\\D)`).exec(text)?.[0];
  const whole = grouped ?? /^\d+/.exec(text)?.[0];
  if (whole === undefined) return undefined;
  const rest = text.slice(whole.length);
  const point = rest.charAt(0);
  // A program's full stop is understood, too, where it cannot be anything else.
  if (rest !== "" && point !== decimal && (point !== "." || grouped !== undefined)) return undefined;
  const amount = whole.replace(/\D/g, "") + (rest === "" ? "" : `.${rest.slice(1)}`);
  return /^\d{1,12}(\.\d{1,9})?$/.test(amount) ? amount.replace(/^0+(?=\d)/, "") : undefined;
}
