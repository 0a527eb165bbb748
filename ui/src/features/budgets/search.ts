import { z } from "zod";
import { flag, month, number, text } from "../../shared/search";

export const budgetsSearch = z.object({
  month,
  /** Only those that ask for attention, or only those that are over. */
  only: z.enum(["risk", "over"]).optional().catch(undefined),
  /** As they hang together, or the most endangered first. */
  order: z.enum(["risk"]).optional().catch(undefined),
  search: text,
  page: number,
  archived: flag,
  add: flag,
});

export type BudgetsSearch = z.infer<typeof budgetsSearch>;

export const budgetSearch = z.object({ edit: flag });
