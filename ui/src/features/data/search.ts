import { z } from "zod";
import { month, number, text } from "../../shared/search";

/** One billing period of one account, and which two of its versions are compared, and by what. */
export const periodSearch = z.object({
  client: text,
  account: text,
  period: month,
  from: number,
  to: number,
  by: z
    .enum(["service", "account", "person", "team", "category", "region", "resource"])
    .optional()
    .catch(undefined),
  metric: z.enum(["billed", "effective"]).optional().catch(undefined),
});

export type PeriodSearch = z.infer<typeof periodSearch>;
