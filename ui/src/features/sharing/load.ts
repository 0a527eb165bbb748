import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { SharingDraft, SharingPreview, SharingRule } from "../../host/wire";

export const sharing = queryOptions({
  queryKey: ["sharing"],
  queryFn: async () => data(await api.GET("/api/v1/sharing")).rules,
});

/** What everybody has in a month once the pots are spread. */
export const sharedCosts = (month: string) =>
  queryOptions({
    queryKey: ["sharing", "costs", month],
    queryFn: async () =>
      data(await api.GET("/api/v1/sharing/costs", { params: { query: { month } } })).results,
  });

export async function saveSharing(body: SharingDraft, id?: number): Promise<SharingRule> {
  return id === undefined
    ? data(await api.POST("/api/v1/sharing", { body }))
    : data(await api.PUT("/api/v1/sharing/{id}", { params: { path: { id } }, body }));
}

export async function deleteSharing(id: number) {
  return data(await api.DELETE("/api/v1/sharing/{id}", { params: { path: { id } } }));
}

/** What a rule would move in a month, in place of another if it replaces one. */
export const previewSharing = (body: SharingDraft, month: string, replaces: number | undefined) =>
  queryOptions({
    queryKey: ["sharing preview", body, month, replaces],
    queryFn: async (): Promise<SharingPreview["results"]> =>
      data(await api.POST("/api/v1/sharing/preview", { params: { query: { month, replaces } }, body }))
        .results,
    retry: false,
  });
