import { z } from "zod";
import { flag, month, number } from "../../shared/search";

export const sharingSearch = z.object({
  month,
  /** A new rule is being made. */
  add: flag,
  /** The rule that is being changed. */
  edit: number,
});
