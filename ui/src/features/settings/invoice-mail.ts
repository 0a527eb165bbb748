import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { InvoiceMailing } from "../../host/wire";

/** How invoices go out. */
export const mailing = queryOptions({
  queryKey: ["mailing"],
  queryFn: async () => data(await api.GET("/api/v1/invoices/mailing")),
});

export async function saveMailing(body: InvoiceMailing): Promise<InvoiceMailing> {
  return data(await api.PUT("/api/v1/invoices/mailing", { body }));
}
