import { z } from "zod";
import type { Budget, BudgetDraft } from "../../host/wire";
import { firstDay } from "../../shared/days";
import { readAmount, writeAmount } from "../../shared/money";

const MONTHS = 12;
const KINDS = ["all", "person", "team", "client", "tenant", "tag", "service"] as const;
const PERIODS = ["day", "month", "quarter", "year"] as const;

const threshold = z.object({
  key: z.string(),
  unit: z.enum(["percent", "amount"]),
  height: z.string(),
  on: z.enum(["actual", "forecast"]),
});

/** What a person fills in; amounts as they were typed. */
export const shape = z
  .object({
    name: z.string().trim().min(1, "A budget needs a name").max(200, "At most 200 characters"),
    kind: z.enum(KINDS),
    owner: z.string().nullable(),
    tagKey: z.string(),
    value: z.string(),
    period: z.enum(PERIODS),
    currency: z.string().trim().min(1, "Such as USD"),
    planned: z.boolean(),
    amount: z.string(),
    plan: z.array(z.string()),
    starts: z.string(),
    metric: z.enum(["billed", "effective"]),
    credits: z.boolean(),
    tax: z.boolean(),
    parent: z.string().nullable(),
    thresholds: z.array(threshold),
    channels: z.array(z.string()),
    note: z.string(),
  })
  .superRefine((form, told) => {
    const wrong = (path: (string | number)[], message: string) =>
      told.addIssue({ code: "custom", path, message });
    const isAmount = (typed: string) => readAmount(typed) !== undefined;
    if (["person", "team", "client", "tenant"].includes(form.kind) && form.owner === null)
      wrong(["owner"], "Whose budget is it?");
    if (form.kind === "tag" && form.tagKey.trim() === "") wrong(["tagKey"], "Which tag?");
    if ((form.kind === "tag" || form.kind === "service") && form.value.trim() === "")
      wrong(["value"], form.kind === "tag" ? "Which value of the tag?" : "Which service?");
    if (form.planned) {
      form.plan.forEach((typed, at) => {
        if (!isAmount(typed)) wrong(["plan", at], "An amount");
      });
    } else if (!isAmount(form.amount)) wrong(["amount"], "An amount such as 1,200.50");
    form.thresholds.forEach(({ unit, height }, at) => {
      const right = unit === "amount" ? isAmount(height) : /^[1-9]\d{0,3}$/.test(height.trim());
      if (!right) wrong(["thresholds", at, "height"], unit === "amount" ? "An amount" : "A whole percentage");
    });
  });

export type BudgetForm = z.infer<typeof shape>;
export type ThresholdForm = BudgetForm["thresholds"][number];

let keys = 0;
/** A threshold to fill in; its key lets the form tell lines apart. */
export function newThreshold(
  height: string,
  on: "actual" | "forecast",
  unit: "percent" | "amount" = "percent",
) {
  keys += 1;
  return { key: `threshold ${keys}`, unit, height, on };
}

export function emptyForm(month: string, currency: string): BudgetForm {
  return {
    name: "",
    kind: "person",
    owner: null,
    tagKey: "",
    value: "",
    period: "month",
    currency,
    planned: false,
    amount: "",
    plan: Array.from({ length: MONTHS }, () => ""),
    starts: firstDay(month),
    metric: "billed",
    credits: false,
    tax: false,
    parent: null,
    thresholds: [
      newThreshold("80", "actual"),
      newThreshold("100", "actual"),
      newThreshold("100", "forecast"),
    ],
    channels: [],
    note: "",
  };
}

function oneOf<Word extends string>(words: readonly Word[], word: string, otherwise: Word): Word {
  return words.find((one) => one === word) ?? otherwise;
}

function measureOf({ on }: { on: string }): "actual" | "forecast" {
  return on === "forecast" ? "forecast" : "actual";
}

function typed(amount: string | null): string {
  return amount === null ? "" : writeAmount(amount);
}

export function formOf(budget: Budget): BudgetForm {
  return {
    name: budget.name,
    kind: oneOf(KINDS, budget.scope.kind, "all"),
    owner: budget.scope.id === null ? null : String(budget.scope.id),
    tagKey: budget.scope.key ?? "",
    value: budget.scope.value ?? "",
    period: oneOf(PERIODS, budget.period, "month"),
    currency: budget.currency,
    planned: budget.plan !== null,
    amount: typed(budget.amount),
    plan: budget.plan?.map(typed) ?? Array.from({ length: MONTHS }, () => typed(budget.amount)),
    starts: budget.starts,
    metric: budget.metric === "effective" ? "effective" : "billed",
    credits: budget.credits,
    tax: budget.tax,
    parent: budget.parent === null ? null : String(budget.parent),
    thresholds: budget.thresholds.map((one) =>
      one.percent === null
        ? newThreshold(typed(one.amount), measureOf(one), "amount")
        : newThreshold(String(one.percent), measureOf(one)),
    ),
    channels: budget.channels.map(String),
    note: budget.note,
  };
}

/** Which costs are meant; undefined while that is not filled in. */
export function scopeOf(form: BudgetForm): BudgetDraft["scope"] | undefined {
  const nothing = { id: null, key: null, value: null };
  switch (form.kind) {
    case "all":
      return { kind: "all", ...nothing };
    case "tag":
      if (form.tagKey.trim() === "" || form.value.trim() === "") return undefined;
      return { kind: "tag", id: null, key: form.tagKey.trim(), value: form.value.trim() };
    case "service":
      if (form.value.trim() === "") return undefined;
      return { kind: "service", id: null, key: null, value: form.value.trim() };
    default:
      return form.owner === null ? undefined : { ...nothing, kind: form.kind, id: form.owner };
  }
}

/** The form as the program takes it; only of a form that was found right. */
export function draftOf(form: BudgetForm): Required<BudgetDraft> {
  const { planned } = form;
  const scope = scopeOf(form);
  if (scope === undefined) throw new Error("a budget without a scope was sent");
  return {
    name: form.name.trim(),
    scope,
    period: form.period,
    currency: form.currency.trim(),
    amount: planned ? null : (readAmount(form.amount) ?? ""),
    plan: planned ? form.plan.map((typed) => readAmount(typed) ?? "") : null,
    starts: form.starts,
    metric: form.metric,
    credits: form.credits,
    tax: form.tax,
    parent: form.parent === null ? null : Number(form.parent),
    thresholds: form.thresholds.map(({ unit, height, on }) => ({
      percent: unit === "percent" ? Number(height.trim()) : null,
      amount: unit === "amount" ? (readAmount(height) ?? "") : null,
      on,
    })),
    channels: form.channels.map(Number),
    note: form.note.trim(),
  };
}
