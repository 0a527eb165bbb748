import { useQuery } from "@tanstack/react-query";
import { monthOf, today } from "./days";
import { newestMonth, periods } from "./queries";

/**
 * The month a page shows: the one in its address, else the newest that is complete or has data.
 * Undefined while that is not known.
 */
export function useMonth(asked: string | undefined): string | undefined {
  const loaded = useQuery({ ...periods, enabled: asked === undefined });
  if (asked !== undefined) return asked;
  if (loaded.isPending) return undefined;
  return newestMonth(loaded.data ?? []) ?? monthOf(today());
}
