import { z } from "zod";
import { filterShape } from "../../shared/filters";
import { day, number } from "../../shared/search";

export const chargesSearch = z.object({
  from: day,
  to: day,
  as_of: day,
  metric: z.enum(["billed", "effective"]).optional().catch(undefined),
  sort: z.enum(["amount", "day"]).optional().catch(undefined),
  /** The row whose "why" is open. */
  row: number,
  ...filterShape,
});
