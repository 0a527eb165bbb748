import {
  type ConnectionSource,
  coming,
  type Discovery,
  type FoundExport,
  type Sourced,
} from "../../../host/coming";
import type { Connection } from "../../../host/wire";

export type SourcedConnection = Connection & Sourced;

/** Looks for exports with what a connection may do; asks AWS, and costs nothing. */
export async function discover(connection: number): Promise<Discovery> {
  return coming<Discovery>("POST", "/sources/discover", {}, { connection });
}

/** Loads a connection's bill from an export from now on, or from Cost Explorer again. */
export async function setSource(connection: number, found: string | null): Promise<SourcedConnection> {
  return coming<SourcedConnection>("PUT", `/connections/${connection}/source`, {}, { export: found });
}

export type NewExport = { bucket: string; prefix: string; name: string };

/** Has AWS write a FOCUS export into a bucket of the client's. */
export async function createExport(connection: number, draft: NewExport): Promise<SourcedConnection> {
  const body = { bucket: draft.bucket.trim(), prefix: draft.prefix.trim(), name: draft.name.trim() };
  return coming<SourcedConnection>("POST", `/connections/${connection}/exports`, {}, body);
}

export async function setCap(connection: number, cap: number | null): Promise<SourcedConnection> {
  return coming<SourcedConnection>("PATCH", `/connections/${connection}`, {}, { monthly_request_cap: cap });
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
export function describeSource(source: ConnectionSource | undefined): string {
  return source === undefined || source.kind === "cost_explorer"
    ? "Cost Explorer"
    : `export ${source.name} (${placeOf(source)})`;
}
