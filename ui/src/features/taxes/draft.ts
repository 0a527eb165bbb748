import { z } from "zod";
import type { TaxTable, TaxTableDraft } from "../../host/wire";
import { given } from "../../shared/party";

export const CATEGORIES = [
  { value: "standard", label: "Standard" },
  { value: "reduced", label: "Reduced" },
  { value: "zero", label: "Zero" },
] as const;

const PERCENT = /^\d{1,2}(\.\d{1,4})?$/;

export const shape = z.object({
  country: z
    .string()
    .nullable()
    .refine((code) => code !== null, "Which country?"),
  source: z.string().trim(),
  rates: z
    .array(
      z.object({
        key: z.string(),
        region: z.string(),
        category: z.string(),
        percent: z.string().regex(PERCENT, "A percentage such as 20 or 7.5"),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    )
    .min(1, "A table needs a rate"),
});

export type TaxForm = z.input<typeof shape>;

let keys = 0;
export function newRate(rate: Partial<Omit<TaxForm["rates"][number], "key">> = {}): TaxForm["rates"][number] {
  keys += 1;
  return {
    key: `rate ${keys}`,
    region: "",
    category: "standard",
    percent: "",
    from: null,
    to: null,
    ...rate,
  };
}

export function formOf(table: TaxTable | undefined): TaxForm {
  return {
    country: table?.country ?? null,
    source: table?.source ?? "",
    rates:
      table === undefined
        ? [newRate()]
        : table.rates.map(({ region, category, percent, from, to }) =>
            newRate({ region: region ?? "", category, percent, from, to }),
          ),
  };
}

/** The form as the program takes it; only of a form that was found right. */
export function draftOf(form: TaxForm): TaxTableDraft {
  return {
    source: form.source.trim(),
    rates: form.rates.map(({ region, category, percent, from, to }) => ({
      region: given(region),
      category,
      percent,
      from,
      to,
    })),
  };
}
