import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { InvoiceDelivery, InvoiceSending } from "../../../host/wire";

const at = (id: number) => ({ params: { path: { id } } });

/** What sending it would send, to whom, and what stands in the way. */
export const message = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id, "message"],
    queryFn: async () => data(await api.GET("/api/v1/invoices/{id}/message", at(id))),
    // What is being written is not replaced under the hand.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

/** What went out of it or waits to, the latest first. */
export const deliveries = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id, "deliveries"],
    queryFn: async () => data(await api.GET("/api/v1/invoices/{id}/deliveries", at(id))).deliveries,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "waiting") ? 3000 : false),
  });

export async function send(id: number, body: InvoiceSending): Promise<InvoiceDelivery> {
  return data(await api.POST("/api/v1/invoices/{id}/send", { ...at(id), body }));
}
