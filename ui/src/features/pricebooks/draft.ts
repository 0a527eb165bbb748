import { z } from "zod";
import type { PriceEntry, PriceEntryDraft } from "../../host/wire";
import { readAmount, writeAmount } from "../../shared/money";
import { writeScope } from "./load";

export const KINDS = ["markup", "tiers", "minimum", "fee", "one_off", "credit", "usage"] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_NAMES: Record<Kind, string> = {
  markup: "Markup or discount",
  tiers: "Tiers of markup or discount",
  minimum: "Minimum a month",
  fee: "Fixed fee",
  one_off: "One-off line",
  credit: "Credit",
  usage: "Price per use",
};

const PERCENT = /^[-−+]?\s*\d{1,4}([.,]\d{1,4})?$/;

const tier = z.object({ key: z.string(), upTo: z.string(), percent: z.string() });

/** What a person fills in; amounts and percentages as they were typed. */
export const shape = z
  .object({
    scope: z.string(),
    service: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    kind: z.enum(KINDS),
    percent: z.string(),
    tiers: z.array(tier),
    amount: z.string(),
    label: z.string().max(300, "At most 300 characters"),
    day: z.string().nullable(),
    unit: z.enum(["gb_stored", "gb_moved", "user"]),
    every: z.enum(["once", "month"]),
    rollsOver: z.boolean(),
  })
  .superRefine((form, told) => {
    const wrong = (path: (string | number)[], message: string) =>
      told.addIssue({ code: "custom", path, message });
    if (form.from !== null && form.to !== null && form.to < form.from)
      wrong(["to"], "It ends before it begins");
    if (form.kind === "markup" && !PERCENT.test(form.percent.trim()))
      wrong(["percent"], "A percentage such as 12.5, or -5 for a discount");
    if (form.kind === "tiers") {
      form.tiers.forEach(({ upTo, percent }, at) => {
        if (!PERCENT.test(percent.trim())) wrong(["tiers", at, "percent"], "A percentage");
        const last = at === form.tiers.length - 1;
        if (!last && readAmount(upTo) === undefined) wrong(["tiers", at, "upTo"], "An amount");
      });
    }
    if (takesAmount(form.kind) && readAmount(form.amount) === undefined)
      wrong(["amount"], "An amount such as 1,200.50");
    if (takesLabel(form.kind) && form.label.trim() === "") wrong(["label"], "As it stands on the invoice");
    if (form.kind === "one_off" && form.day === null) wrong(["day"], "On which day?");
  });

export type EntryForm = z.infer<typeof shape>;

export function takesAmount(kind: Kind): boolean {
  return kind !== "markup" && kind !== "tiers";
}

export function takesLabel(kind: Kind): boolean {
  return kind === "fee" || kind === "one_off" || kind === "credit";
}

export function takesService(kind: Kind): boolean {
  return kind === "markup" || kind === "tiers" || kind === "minimum";
}

let keys = 0;
export function newTier(upTo = "", percent = "") {
  keys += 1;
  return { key: `tier ${keys}`, upTo, percent };
}

const EMPTY: EntryForm = {
  scope: "all",
  service: "",
  from: null,
  to: null,
  kind: "markup",
  percent: "",
  tiers: [],
  amount: "",
  label: "",
  day: null,
  unit: "gb_stored",
  every: "once",
  rollsOver: true,
};

function oneOf<Word extends string>(words: readonly Word[], word: string | null, otherwise: Word): Word {
  return words.find((one) => one === word) ?? otherwise;
}

export function formOf(entry: PriceEntry | undefined): EntryForm {
  if (entry === undefined) return { ...EMPTY, tiers: [newTier("", "10"), newTier("", "5")] };
  return {
    scope: writeScope(entry.scope),
    service: entry.service ?? "",
    from: entry.from,
    to: entry.to,
    kind: oneOf(KINDS, entry.kind, "markup"),
    percent: entry.percent ?? "",
    tiers: (entry.tiers ?? []).map(({ up_to, percent }) =>
      newTier(up_to === null ? "" : writeAmount(up_to), percent),
    ),
    amount: entry.amount === null ? "" : writeAmount(entry.amount),
    label: entry.label ?? "",
    day: entry.day,
    unit: oneOf(["gb_stored", "gb_moved", "user"], entry.unit, "gb_stored"),
    every: oneOf(["once", "month"], entry.every, "once"),
    rollsOver: entry.rolls_over ?? true,
  };
}

/** A percentage as the program takes it. */
function readPercent(typed: string): string {
  return typed.trim().replace("−", "-").replace("+", "").replace(",", ".").replace(/\s/g, "");
}

/** The form as the program takes it; only of a form that was found right. */
export function draftOfForm(form: EntryForm): PriceEntryDraft {
  const { kind } = form;
  const last = form.tiers.length - 1;
  return {
    scope: form.scope,
    service: takesService(kind) ? form.service.trim() || null : null,
    from: form.from,
    to: form.to,
    kind,
    percent: kind === "markup" ? readPercent(form.percent) : null,
    tiers:
      kind === "tiers"
        ? form.tiers.map(({ upTo, percent }, at) => ({
            up_to: at === last ? null : (readAmount(upTo) ?? ""),
            percent: readPercent(percent),
          }))
        : null,
    amount: takesAmount(kind) ? (readAmount(form.amount) ?? "") : null,
    label: takesLabel(kind) ? form.label.trim() : null,
    day: kind === "one_off" ? form.day : null,
    unit: kind === "usage" ? form.unit : null,
    every: kind === "credit" ? form.every : null,
    rolls_over: kind === "credit" ? form.rollsOver : null,
  };
}
