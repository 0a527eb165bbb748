import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ComparedInvoice, InvoiceBrief } from "../../host/wire";
import { nameMonth } from "../../shared/days";
import { Strip } from "../../shared/Strip";
import type { Outliers } from "./columns";
import { comparison, type Whose } from "./load";

const WHOSE: Record<string, Whose> = { person: "people", team: "teams", client: "clients" };

/** What stands out among a month's invoices, and among those who have none any more. */
export function useOutliers(month: string | undefined, shown: InvoiceBrief[]): ComparedInvoice[] {
  const kinds = [...new Set(shown.flatMap((one) => WHOSE[one.for.kind] ?? []))];
  return useQueries({
    queries: month === undefined ? [] : kinds.map((whose) => comparison(month, whose)),
    combine: (all) => all.flatMap(({ data }) => data?.rows ?? []).filter((row) => row.outlier),
  });
}

/** Why, by the invoice that stands out. */
export function byInvoice(rows: ComparedInvoice[]): Outliers {
  return new Map(
    rows.flatMap(({ invoice, why }) => (invoice === null ? [] : [[invoice, [why ?? []].flat()]])),
  );
}

/** Says who stands out against the month before, so that nobody issues fifty without having looked at three. */
export function OutliersBanner({ month, rows }: { month: string; rows: ComparedInvoice[] }) {
  const [first, ...others] = rows;
  if (first === undefined) return null;
  return (
    <Strip
      icon={<IconEye size={17} aria-hidden="true" />}
      label="Stands out against the month before"
      action={
        <Button variant="default" component={Link} to="/invoices/comparison" search={{ month } as never}>
          Side by side
        </Button>
      }
    >
      <strong>
        {rows.length === 1 ? "One stands" : `${rows.length} stand`} out in {nameMonth(month)}.
      </strong>{" "}
      {first.for.label}: {first.why}
      {others.length > 0 && `, and ${others.length} more`}
    </Strip>
  );
}
