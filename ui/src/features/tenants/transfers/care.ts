import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { Transfer, TransferFile, TransferLimits } from "../../../host/wire";
import { learn } from "../../../shared/jobs";

const at = (id: number) => ({ params: { path: { id } } });

/** Files of a transfer that did not arrive, each with its reason. */
export const failedFiles = (transfer: Transfer) =>
  queryOptions({
    queryKey: ["transfers", "files", transfer.id, transfer.files_failed],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/transfers/{id}/files", {
          params: { path: { id: transfer.id }, query: { state: "failed" } },
        }),
      ).files,
  });

export async function retryFile(id: number, { file }: TransferFile): Promise<void> {
  data(await api.POST("/api/v1/transfers/{id}/files/{file}/retry", { params: { path: { id, file } } }));
}

/** Begins to ask the store about everything that arrived. */
export async function recheck(id: number): Promise<number> {
  const job = data(await api.POST("/api/v1/transfers/{id}/recheck", at(id)));
  learn(job);
  return job.id;
}

/** What came of asking the store. */
export const rechecked = z.object({
  asked: z.number(),
  same: z.number(),
  superseded: z.number(),
  different: z.number(),
  gone: z.number(),
  unknown: z.number(),
  findings: z.array(
    z.object({ file: z.number(), path: z.string(), outcome: z.string(), what: z.string().nullable() }),
  ),
});

export async function limitTransfer(id: number, limit: number | null): Promise<void> {
  data(await api.POST("/api/v1/transfers/{id}/limit", { ...at(id), body: { limit } }));
}

export async function prioritise(id: number, priority: string): Promise<void> {
  data(await api.POST("/api/v1/transfers/{id}/priority", { ...at(id), body: { priority } }));
}

/** How fast all transfers together may be. */
export const limits = queryOptions({
  queryKey: ["transfer-limits"],
  queryFn: async () => data(await api.GET("/api/v1/transfer-limits")),
});

export async function setLimits(body: TransferLimits): Promise<void> {
  data(await api.PUT("/api/v1/transfer-limits", { body }));
}

/** Takes what has ended off a tenant's list; how many. */
export async function clearEnded(tenant: number, erase: boolean): Promise<number> {
  const query = { tenant, receipts: erase ? "erase" : "keep" };
  return data(await api.DELETE("/api/v1/transfers", { params: { query } })).cleared;
}
