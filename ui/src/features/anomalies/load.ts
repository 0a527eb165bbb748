import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Anomaly } from "../../host/wire";
import type { Filters } from "../../shared/filters";

export type Verdict = { verdict: "expected" | "unexpected" | null; note: string };

export function verdictOf({ feedback }: Anomaly): Verdict["verdict"] {
  return feedback === "expected" || feedback === "unexpected" ? feedback : null;
}

/** Says whether something unusual was expected; that is kept in mind for the same again. */
export async function judge(id: number, body: Verdict): Promise<Anomaly> {
  return data(await api.POST("/api/v1/anomalies/{id}/feedback", { params: { path: { id } }, body }));
}

/** The charges that it is made of. */
export function filtersOf({ client, account, service }: Anomaly): Filters {
  return {
    ...(client === "" ? {} : { client: [client] }),
    ...(account === null ? {} : { account: [account.id] }),
    ...(service === "" ? {} : { service: [service] }),
  };
}

export function nameAccount({ account }: Anomaly): string {
  if (account === null) return "";
  return account.name === null || account.name === "" ? account.id : `${account.name} (${account.id})`;
}

const DIMENSIONS: Record<string, string> = {
  service: "Service",
  account: "Account",
  usage_type: "Usage type",
  sku: "Usage type",
  region: "Region",
  resource: "Resource",
};

export function nameDimension(dimension: string): string {
  return DIMENSIONS[dimension] ?? dimension.replaceAll("_", " ");
}
