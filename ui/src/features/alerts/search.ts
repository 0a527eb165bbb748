import { z } from "zod";
import { number, text } from "../../shared/search";

export const inboxSearch = z.object({
  state: z.enum(["all"]).optional().catch(undefined),
  /** The alert that is looked at. */
  alert: number,
  page: number,
});

export const logSearch = z.object({
  state: z.enum(["waiting", "sent", "failed", "dropped"]).optional().catch(undefined),
  channel: number,
  page: number,
});

export const channelsSearch = z.object({ add: text });
