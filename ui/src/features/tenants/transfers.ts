import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Transfer } from "../../host/wire";

/** What can be done with files on their way. */
export type Deed = "pause" | "resume" | "cancel" | "retry";

const isOpen = ({ state }: Transfer) => ["waiting", "running"].includes(state);

/** What is on its way or was, the newest first; asked for again while something is. */
export const transfers = (tenant: number, cleared = false) =>
  queryOptions({
    queryKey: ["transfers", tenant, cleared],
    queryFn: async () =>
      data(await api.GET("/api/v1/transfers", { params: { query: { tenant, cleared } } })).transfers,
    refetchInterval: ({ state }) => (state.data?.some(isOpen) ? 1000 : false),
  });

const at = (id: number) => ({ params: { path: { id } } });

export async function act(id: number, deed: Deed): Promise<void> {
  switch (deed) {
    case "pause":
      data(await api.POST("/api/v1/transfers/{id}/pause", at(id)));
      return;
    case "resume":
      data(await api.POST("/api/v1/transfers/{id}/resume", at(id)));
      return;
    case "cancel":
      data(await api.POST("/api/v1/transfers/{id}/cancel", at(id)));
      return;
    case "retry":
      data(await api.POST("/api/v1/transfers/{id}/retry", at(id)));
  }
}

/** Says what becomes of names that are taken. */
export async function settle(id: number, on_clash: string): Promise<void> {
  data(await api.POST("/api/v1/transfers/{id}/settle", { ...at(id), body: { on_clash } }));
}
