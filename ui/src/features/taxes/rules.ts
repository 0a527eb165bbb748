import { z } from "zod";
import type { TaxRule } from "../../host/wire";
import { given } from "../../shared/party";
import { CATEGORIES } from "./draft";

/** What a rule can be for: services by their name, or lines of one kind. */
export const LINES = [
  { value: "service", label: "Services" },
  { value: "cost", label: "All costs" },
  { value: "usage", label: "Usage" },
  { value: "fee", label: "Fees" },
  { value: "one_off", label: "One-off lines" },
  { value: "minimum", label: "Minimums" },
  { value: "discount", label: "Discounts" },
  { value: "credit", label: "Credits" },
] as const;

export const TREATMENTS = [...CATEGORIES, { value: "exempt", label: "Exempt" }] as const;

export const shape = z.object({
  rules: z.array(
    z
      .object({
        key: z.string(),
        lines: z.string(),
        service: z.string().trim(),
        category: z.string(),
        reason: z.string().trim(),
      })
      .superRefine((rule, context) => {
        const wrong = (path: string, message: string) =>
          context.addIssue({ code: "custom", path: [path], message });
        if (rule.lines === "service" && rule.service === "") wrong("service", "Which services?");
        if (rule.category === "exempt" && rule.reason === "")
          wrong("reason", "The invoice has to say why no tax is charged");
      }),
  ),
});

export type RulesForm = z.input<typeof shape>;

let keys = 0;
export function newRule(rule?: TaxRule): RulesForm["rules"][number] {
  keys += 1;
  return {
    key: `rule ${keys}`,
    lines: rule?.kind ?? "service",
    service: rule?.service ?? "",
    category: rule?.category ?? "reduced",
    reason: rule?.reason ?? "",
  };
}

/** The form as the program takes it; only of a form that was found right. */
export function rulesOf(form: RulesForm): TaxRule[] {
  return form.rules.map(({ lines, service, category, reason }) => ({
    service: lines === "service" ? service.trim() : null,
    kind: lines === "service" ? null : lines,
    category,
    reason: given(reason),
  }));
}
