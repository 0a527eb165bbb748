/** What the made-up answers have in common. */

export const WORST = '<img src=x onerror="window.__ran=1">';

export function dollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

export const band = (cents: number, share = 8) => ({
  expected: dollars(cents),
  low80: dollars(cents - Math.round(cents / share / 2)),
  high80: dollars(cents + Math.round(cents / share / 2)),
  low95: dollars(cents - Math.round(cents / share)),
  high95: dollars(cents + Math.round(cents / share)),
});

/** What is there, or the refusal that the program makes. */
export const found = <T>(value: T | undefined): T => {
  if (value === undefined)
    throw { code: "not_found", title: "Not found", detail: "There is no such thing.", status: 404 };
  return value;
};
export const byId = <T extends { id: number }>(all: T[], id: string | undefined): T =>
  found(all.find((one) => String(one.id) === id));
