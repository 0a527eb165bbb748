import { z } from "zod";
import { filterShape } from "../../shared/filters";
import { month, text } from "../../shared/search";

export const resourcesSearch = z.object({
  month,
  search: text,
  /** The owner to propose when something is assigned: `person:Ann`. */
  for: text,
  ...filterShape,
});
