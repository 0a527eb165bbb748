import type { Replies } from "../../src/host/fake";
import type { Anomaly } from "../../src/host/wire";
import { found, WORST } from "./parts";

export const anomalies: Anomaly[] = [
  {
    id: 1,
    from: "2026-10-12",
    to: "2026-10-16",
    kind: "spike",
    client: "Northwind",
    account: { id: "111122223333", name: "production" },
    billing_account: "210987654321",
    service: "AmazonCloudWatch",
    usage_type: "EU-CW:MetricMonitorUsage",
    label: "AmazonCloudWatch",
    currency: "USD",
    expected: "410.00",
    actual: "2987.00",
    impact: "2577.00",
    percent: 629,
    causes: [
      { dimension: "resource", key: "i-0a1", label: WORST, amount: "2410.00", share: 94 },
      {
        dimension: "usage_type",
        key: "EU-CW:MetricMonitorUsage",
        label: "EU-CW:MetricMonitorUsage",
        amount: "2577.00",
        share: 100,
      },
      { dimension: "region", key: "eu-west-1", label: "eu-west-1", amount: "2577.00", share: 100 },
    ],
    feedback: null,
    note: "",
  },
  {
    id: 2,
    from: "2026-10-20",
    to: "2026-10-31",
    kind: "drop",
    client: "Northwind",
    account: { id: "111122223333", name: "production" },
    billing_account: "210987654321",
    service: "Amazon RDS",
    usage_type: "EU-InstanceUsage:db.r6g.large",
    label: "Amazon RDS",
    currency: "USD",
    expected: "900.00",
    actual: "120.00",
    impact: "-780.00",
    percent: -87,
    causes: [],
    feedback: "expected",
    note: "Moved to Aurora",
  },
];

export const aboutAnomalies: Replies = {
  "GET /anomalies": () => ({ anomalies }),
  "POST /anomalies/*/feedback": ({ matched, body }) => {
    const { verdict, note } = body as { verdict: Anomaly["feedback"]; note: string };
    return { ...found(anomalies.find((one) => String(one.id) === matched[0])), feedback: verdict, note };
  },
};
