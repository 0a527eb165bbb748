import { ask } from "../../host/planned";
import type { Anomaly } from "../../host/wire";
import type { Filters } from "../../shared/filters";

export type Verdict = { verdict: "expected" | "unexpected" | null; note: string };

export function verdictOf({ feedback }: Anomaly): Verdict["verdict"] {
  return feedback === "expected" || feedback === "unexpected" ? feedback : null;
}

/** Says whether something unusual was expected; that is kept in mind for the same again. */
export function judge(id: string, verdict: Verdict): Promise<Anomaly> {
  return ask("POST", `/anomalies/${encodeURIComponent(id)}/feedback`, {}, verdict);
}

/** The charges that it is made of. */
export function filtersOf({ client, account, service }: Anomaly): Filters {
  return {
    ...(client === "" ? {} : { client: [client] }),
    ...(account === "" ? {} : { account: [account] }),
    ...(service === "" ? {} : { service: [service] }),
  };
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
