import { z } from "zod";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Parts of addresses; what is not understood is left out rather than refused. */
export const month = z.string().regex(MONTH).optional().catch(undefined);
export const day = z.string().regex(DAY).optional().catch(undefined);
export const flag = z.boolean().optional().catch(undefined);
export const text = z.coerce.string().optional().catch(undefined);
export const number = z.coerce.number().int().optional().catch(undefined);

export const monthSearch = z.object({ month });
/** A month, as it was known at the end of a day if that is not today. */
export const viewSearch = z.object({ month, as_of: day });
