import { z } from "zod";
import { filterShape } from "../../shared/filters";
import { day, flag, month, number } from "../../shared/search";

export const ROWS = [
  "person",
  "team",
  "client",
  "provider",
  "service",
  "category",
  "account",
  "region",
] as const;

/** The address of a view of costs: all of it, so that a view can be kept and sent. */
export const costsSearch = z.object({
  /** A whole month, instead of from and to. */
  month,
  from: day,
  to: day,
  /** One of ROWS, or `tag:KEY`. */
  by: z
    .string()
    .refine((by) => (ROWS as readonly string[]).includes(by) || /^tag:.+/.test(by))
    .optional()
    .catch(undefined),
  interval: z.enum(["none", "day", "month"]).optional().catch(undefined),
  metric: z.enum(["billed", "effective"]).optional().catch(undefined),
  compare: flag,
  /** What is expected, beside what came. */
  forecast: flag,
  /** The unusual thing whose panel is open. */
  anomaly: number,
  /** The figures as they were known at the end of this day. */
  as_of: day,
  ...filterShape,
});

export type CostsSearch = z.infer<typeof costsSearch>;
