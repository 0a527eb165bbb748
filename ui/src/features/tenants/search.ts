import { z } from "zod";
import { flag, month, text } from "../../shared/search";

export const tenantsSearch = z.object({ add: flag, search: text });

/** What is shown of one tenant. */
export const PARTS = ["transfers", "users", "activity", "usage", "settings"] as const;

export const tenantSearch = z.object({
  /** The files unless said otherwise. */
  show: z.enum(PARTS).optional().catch(undefined),
  /** The folder that is open: "" or ends with "/". */
  at: text,
  search: text,
  month,
});
export type TenantSearch = z.infer<typeof tenantSearch>;
