import { z } from "zod";
import { day, month, number, text } from "../../shared/search";

/** Which invoices of a month, or what is overdue of all months. */
export const VIEWS = ["drafts", "open", "overdue", "settled"] as const;
export type View = (typeof VIEWS)[number];

export const invoicesSearch = z.object({
  month,
  view: z.enum(VIEWS).optional().catch(undefined),
  search: text,
  page: number,
});
export type InvoicesSearch = z.infer<typeof invoicesSearch>;

export const invoiceSearch = z.object({
  /** The paper itself unless said otherwise. */
  show: z.enum(["lines"]).optional().catch(undefined),
});

export const accountSearch = z.object({
  /** Whose: `person:3`. */
  for: text,
  from: day,
  to: day,
});

export const comparisonSearch = z.object({
  month,
  whose: z.enum(["people", "teams", "clients"]).optional().catch(undefined),
});
