/** Days are `YYYY-MM-DD` and months `YYYY-MM`, in UTC as the bills are. */

import { LOCALE } from "./locale";

const DAY_MS = 86_400_000;

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** How far the program's clock is ahead of the computer's: a rehearsal moves it. */
let ahead = 0;

/** Goes by the program's clock from here on, at which it is `moment`. */
export function goBy(moment: string): void {
  ahead = Date.parse(moment) - Date.now();
}

/** The moment it is by the program's clock. */
export function now(): Date {
  return new Date(Date.now() + ahead);
}

/** The day that `moment` is in. */
export function today(moment: Date = now()): string {
  return moment.toISOString().slice(0, 10);
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function firstDay(month: string): string {
  return `${month}-01`;
}

export function lastDay(month: string): string {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

export function addDays(day: string, days: number): string {
  return today(new Date(utc(day).getTime() + days * DAY_MS));
}

export function addMonths(month: string, months: number): string {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  const index = year * 12 + number - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
}

const written = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options });
const longMonth = written({ month: "long", year: "numeric" });
const shortMonth = written({ month: "short", year: "numeric" });
const monthOfYear = written({ month: "long" });
const shortDay = written({ month: "short", day: "numeric" });
const fullDay = written({ month: "short", day: "numeric", year: "numeric" });

/** `2026-09` → `September 2026`. */
export function nameMonth(month: string): string {
  return longMonth.format(utc(firstDay(month)));
}

/** The first is January. */
export function nameMonthOfYear(index: number): string {
  return monthOfYear.format(new Date(Date.UTC(2001, index, 1)));
}

/** `2026-09` → `Sep 2026`. */
export function nameMonthBriefly(month: string): string {
  return shortMonth.format(utc(firstDay(month)));
}

/** `2026-09-04` → `Sep 4`. */
export function nameDayBriefly(day: string): string {
  return shortDay.format(utc(day));
}

/** `2026-09-04` → `Sep 4, 2026`. */
export function nameDay(day: string): string {
  return fullDay.format(utc(day));
}

/** `2026-09-01`, `2026-09-30` → `September 2026`; otherwise both ends. */
export function nameRange(from: string, to: string): string {
  const month = monthOf(from);
  if (from === firstDay(month) && to === lastDay(month)) return nameMonth(month);
  if (from === firstDay(month) && to === lastDay(monthOf(to))) {
    return `${nameMonthBriefly(month)} – ${nameMonthBriefly(monthOf(to))}`;
  }
  return from === to ? nameDay(from) : `${nameDay(from)} – ${nameDay(to)}`;
}

/** The same, as short as a chart wants it. */
export function nameRangeBriefly(from: string, to: string): string {
  const month = monthOf(from);
  if (from === to) return nameDayBriefly(from);
  if (from === firstDay(month) && to === lastDay(month)) return nameMonthBriefly(month);
  const year = from.slice(0, 4);
  if (from === `${year}-01-01` && to === `${year}-12-31`) return year;
  return nameRange(from, to);
}

/** This time of day so many days from now. */
export function inDays(days: number, from: Date = now()): string {
  return new Date(from.getTime() + days * DAY_MS).toISOString();
}

/** A moment in the workspace's zone. */
export function nameMoment(moment: string, zone?: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  const options: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short" };
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone }).format(date);
  } catch {
    return new Intl.DateTimeFormat(LOCALE, options).format(date);
  }
}

/** The column of a cost table: a day or a month, by the length of its key. */
export function nameColumn(key: string): string {
  return /^\d{4}-\d{2}$/.test(key)
    ? nameMonthBriefly(key)
    : /^\d{4}-\d{2}-\d{2}$/.test(key)
      ? nameDayBriefly(key)
      : key;
}
