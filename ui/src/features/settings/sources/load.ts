import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { AthenaPlace, Connection, ConnectionSource, Discovery, FoundExport } from "../../../host/wire";

/** Looks for exports with what a connection may do; asks AWS, and costs nothing. */
export async function discover(connection: number): Promise<Discovery> {
  return data(await api.POST("/api/v1/sources/discover", { body: { connection } }));
}

/** Loads a connection's bill from an export from now on, or from Cost Explorer again. */
export async function setSource(connection: number, found: string | null): Promise<Connection> {
  const params = { path: { id: connection } };
  return data(await api.PUT("/api/v1/connections/{id}/source", { params, body: { export: found } }));
}

export type NewExport = { bucket: string; prefix: string; name: string };

/** Has AWS write a FOCUS export into a bucket of the client's. */
export async function createExport(connection: number, draft: NewExport): Promise<Connection> {
  const body = { bucket: draft.bucket.trim(), prefix: draft.prefix.trim(), name: draft.name.trim() };
  const params = { path: { id: connection } };
  return data(await api.POST("/api/v1/connections/{id}/exports", { params, body }));
}

export async function setCap(connection: number, cap: number | null): Promise<Connection> {
  const params = { path: { id: connection } };
  return data(await api.PATCH("/api/v1/connections/{id}", { params, body: { monthly_request_cap: cap } }));
}

/** When and where a connection's export is rolled up where it lies. */
export const athena = (connection: number) =>
  queryOptions({
    queryKey: ["athena", connection],
    queryFn: async () => {
      const params = { path: { id: connection } };
      return data(await api.GET("/api/v1/connections/{id}/athena", { params })).athena;
    },
  });

export async function setAthena(connection: number, place: AthenaPlace | null): Promise<void> {
  const params = { path: { id: connection } };
  data(await api.PUT("/api/v1/connections/{id}/athena", { params, body: { athena: place } }));
}

const KINDS: Record<string, string> = { focus: "FOCUS", cur2: "CUR 2.0", cur: "Cost and usage report" };
const FORMATS: Record<string, string> = { parquet: "Parquet", csv: "CSV" };

/** `FOCUS, Parquet`. */
export function nameKind(found: Pick<FoundExport, "kind" | "format">): string {
  return `${KINDS[found.kind] ?? found.kind}, ${FORMATS[found.format] ?? found.format}`;
}

/** Where an export lies. */
export function placeOf({ bucket, prefix }: { bucket: string; prefix: string }): string {
  return `s3://${bucket}/${prefix}`;
}

/** What an account's administrator has to allow. */
export function policyFor(permissions: string[]): string {
  return JSON.stringify(
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: permissions, Resource: "*" }] },
    null,
    2,
  );
}

/** Where a connection's figures come from, in words. */
export function describeSource(source: ConnectionSource): string {
  return source.kind === "cost_explorer" ? "Cost Explorer" : `export ${source.name} (${placeOf(source)})`;
}
