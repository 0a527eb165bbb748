import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Buyer, BuyerTerms } from "../../host/wire";

export const buyers = queryOptions({
  queryKey: ["buyers"],
  queryFn: async () => data(await api.GET("/api/v1/buyers")).buyers,
});

/** Says how one is billed; `id` is `person:7` or `team:Platform`. */
export async function saveBuyer(id: string, body: BuyerTerms): Promise<Buyer> {
  return data(await api.PUT("/api/v1/buyers/{id}", { params: { path: { id } }, body }));
}

export async function deleteBuyer(id: string): Promise<void> {
  data(await api.DELETE("/api/v1/buyers/{id}", { params: { path: { id } } }));
}

/** The name on paper: their own unless another is given. */
export function nameOf({ name, of }: Pick<Buyer, "name" | "of">): string {
  return name ?? of.label;
}
