import type { Replies } from "../../src/host/fake";
import { batched } from "./batches";
import { billed } from "./invoices";
import { priced } from "./prices";
import { agreed } from "./terms";

/** What the made-up company bills, by which prices and on which terms. */
export const billing: Replies = { ...batched, ...billed, ...priced, ...agreed };
