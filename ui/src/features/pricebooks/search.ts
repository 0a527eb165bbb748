import { z } from "zod";
import { flag, month } from "../../shared/search";

export const booksSearch = z.object({ add: flag });
export const bookSearch = z.object({
  month,
  whose: z.enum(["people", "teams", "clients"]).optional().catch(undefined),
});
