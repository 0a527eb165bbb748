import { z } from "zod";
import { month } from "../../shared/search";

export const invoicesSearch = z.object({
  month,
  state: z.enum(["draft", "issued"]).optional().catch(undefined),
});
