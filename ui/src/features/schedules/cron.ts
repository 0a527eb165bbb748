/** When something runs, as people choose it. What does not fit stands as a cron expression. */
export type When =
  | { every: "hour"; minute: string }
  | { every: "day"; time: string }
  | { every: "week"; day: string; time: string }
  | { every: "month"; day: string; time: string }
  | { every: "other"; cron: string };

export const DAYS = [
  ["1", "Monday"],
  ["2", "Tuesday"],
  ["3", "Wednesday"],
  ["4", "Thursday"],
  ["5", "Friday"],
  ["6", "Saturday"],
  ["0", "Sunday"],
] as const;

/** Days that every month has. */
export const DAYS_OF_MONTH = Array.from({ length: 28 }, (_, at) => String(at + 1));

const MINUTE = /^[0-5]?\d$/;
const HOUR = /^([01]?\d|2[0-3])$/;

function two(text: string): string {
  return text.padStart(2, "0");
}

/** `0 6 * * *` → each day at 06:00. */
export function readCron(cron: string): When {
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = cron.trim().split(/\s+/);
  const other: When = { every: "other", cron: cron.trim() };
  if (more.length > 0 || month !== "*" || !MINUTE.test(minute)) return other;
  if (day !== "*") {
    const known = DAYS_OF_MONTH.includes(day) && weekday === "*" && HOUR.test(hour);
    return known ? { every: "month", day, time: `${two(hour)}:${two(minute)}` } : other;
  }
  if (hour === "*") return weekday === "*" ? { every: "hour", minute: two(minute) } : other;
  if (!HOUR.test(hour)) return other;
  const time = `${two(hour)}:${two(minute)}`;
  if (weekday === "*") return { every: "day", time };
  return /^[0-7]$/.test(weekday) ? { every: "week", day: weekday === "7" ? "0" : weekday, time } : other;
}

function fields(time: string): string | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim()) ?? [];
  return hour === undefined || minute === undefined ? undefined : `${Number(minute)} ${Number(hour)}`;
}

/** Each day at 06:00 → `0 6 * * *`; undefined where the time is none. */
export function writeCron(when: When): string | undefined {
  switch (when.every) {
    case "hour":
      return MINUTE.test(when.minute.trim()) ? `${Number(when.minute)} * * * *` : undefined;
    case "day": {
      const at = fields(when.time);
      return at === undefined ? undefined : `${at} * * *`;
    }
    case "week": {
      const at = fields(when.time);
      return at === undefined ? undefined : `${at} * * ${when.day}`;
    }
    case "month": {
      const at = fields(when.time);
      return at === undefined ? undefined : `${at} ${when.day} * *`;
    }
    case "other":
      return when.cron.trim() === "" ? undefined : when.cron.trim();
  }
}
