import type { Labelled, SharingDraft, SharingRule } from "../../host/wire";

export type Method = "even" | "proportional" | "fixed";

export const METHODS: { value: Method; label: string; words: string }[] = [
  { value: "even", label: "Evenly", words: "each gets the same" },
  { value: "proportional", label: "By what they own", words: "who owns more gets more" },
  { value: "fixed", label: "Fixed shares", words: "each gets a share" },
];

export type SharingForm = {
  pot: string | null;
  method: Method;
  takers: string[];
  /** Percent of each taker, and of the pot that takes part as the last, as typed. */
  percents: Record<string, string>;
  onward: string | null;
  note: string;
};

export const emptyForm: SharingForm = {
  pot: null,
  method: "even",
  takers: [],
  percents: {},
  onward: null,
  note: "",
};

/** An owner as rules write it: `person:Ann`. */
export function ownerText({ key, label }: Labelled): string {
  return `${key.slice(0, key.indexOf(":"))}:${label}`;
}

export function formOf({ pot, method, takers, onward, note }: SharingRule): SharingForm {
  const all = onward === null ? takers : [...takers, onward];
  return {
    pot: ownerText(pot),
    method: method as Method,
    takers: takers.map(({ owner }) => ownerText(owner)),
    percents: Object.fromEntries(
      all.flatMap(({ owner, share }) => (share === null ? [] : [[ownerText(owner), percentOf(share)]])),
    ),
    onward: onward === null ? null : ownerText(onward.owner),
    note: note ?? "",
  };
}

/** Whoever gets a part, the pot that takes part as the last included. */
export function receivers({ takers, onward }: Pick<SharingForm, "takers" | "onward">): string[] {
  return onward === null ? takers : [...takers, onward];
}

/** What the program is asked for; nothing while it is not said who takes part. */
export function draftOf(form: SharingForm): SharingDraft | undefined {
  const { pot, method, takers, percents, onward, note } = form;
  if (pot === null || receivers(form).length === 0) return undefined;
  const part = (owner: string) => ({
    owner,
    share: method === "fixed" ? shareOf(percents[owner] ?? "") : null,
  });
  return {
    pot,
    method,
    takers: takers.map(part),
    onward: onward === null ? null : part(onward),
    note: note.trim() || null,
  };
}

const PERCENT = /^(\d{1,3})(?:[.,](\d{1,4}))?$/;
/** One whole in the smallest parts that a share can have. */
const WHOLE = 1_000_000;

/** Percent as a share of one: `12.5` is `0.125`. What is no percentage stays as it is, for the program to refuse. */
export function shareOf(percent: string): string {
  const [, whole, rest = ""] = PERCENT.exec(percent.trim()) ?? [];
  if (whole === undefined) return percent;
  const digits = whole.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${rest}`;
}

/** A share of one as percent: `0.125` is `12.5`. */
export function percentOf(share: string): string {
  const [whole = "0", rest = ""] = share.split(".");
  const digits = `${whole}${rest.padEnd(2, "0").slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const after = rest.slice(2).replace(/0+$/, "");
  return after === "" ? digits : `${digits}.${after}`;
}

function partsOf(percent: string): number {
  const [, whole, rest = ""] = PERCENT.exec(percent.trim()) ?? [];
  return whole === undefined ? 0 : Number(whole) * 10_000 + Number(rest.padEnd(4, "0"));
}

/** Percent in all, and whether that is the whole. */
export function together(percents: string[]): { percent: string; isWhole: boolean } {
  const parts = percents.reduce((sum, percent) => sum + partsOf(percent), 0);
  const rest = String(parts % 10_000)
    .padStart(4, "0")
    .replace(/0+$/, "");
  const whole = String(Math.floor(parts / 10_000));
  return { percent: rest === "" ? whole : `${whole}.${rest}`, isWhole: parts === WHOLE };
}

/** Percentages that are as equal as can be and add up to the whole. */
export function equal(owners: string[]): Record<string, string> {
  const each = Math.floor(WHOLE / Math.max(1, owners.length));
  return Object.fromEntries(
    owners.map((owner, at) => {
      const parts = at === 0 ? WHOLE - each * (owners.length - 1) : each;
      return [owner, percentOf(`0.${String(parts).padStart(6, "0")}`.replace("0.1000000", "1.0"))];
    }),
  );
}
