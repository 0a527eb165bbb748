import { readFileSync } from "node:fs";
import { FOCUS_SAMPLE } from "./program";

/** The columns of the published sample. */
export const HEAD =
  readFileSync(FOCUS_SAMPLE, "utf8").split("\n", 1)[0]?.replaceAll('"', "").trim().split(",") ?? [];

function cell(value: string): string {
  return value === "NULL" ? value : `"${value.replaceAll('"', '""')}"`;
}

/** A FOCUS bill of September 2024 with one row for each of `rows`. */
export function focusBill(rows: Record<string, string>[]): Buffer {
  const usual: Record<string, string> = {
    BilledCost: "1.25",
    EffectiveCost: "1.25",
    ListCost: "1.25",
    ContractedCost: "1.25",
    BillingAccountId: "999988887777",
    BillingAccountName: "Payer",
    BillingCurrency: "USD",
    BillingPeriodStart: "2024-09-01 00:00:00",
    BillingPeriodEnd: "2024-10-01 00:00:00",
    ChargePeriodStart: "2024-09-10 00:00:00",
    ChargePeriodEnd: "2024-09-11 00:00:00",
    ChargeCategory: "Usage",
    ChargeDescription: "Use",
    ConsumedQuantity: "1",
    ConsumedUnit: "Hours",
    InvoiceIssuerName: "AWS",
    ProviderName: "AWS",
    PublisherName: "AWS",
    RegionId: "eu-west-1",
    RegionName: "Ireland",
    ServiceName: "Amazon EC2",
    ServiceCategory: "Compute",
    SkuId: "SKU",
    SubAccountId: "111122223333",
    SubAccountName: "production",
  };
  const lines = rows.map((row) =>
    HEAD.map((column) => cell(row[column] ?? usual[column] ?? "NULL")).join(","),
  );
  return Buffer.from(`${HEAD.map(cell).join(",")}\n${lines.join("\n")}\n`);
}
