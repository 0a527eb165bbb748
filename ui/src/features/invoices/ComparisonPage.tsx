import { SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconArrowsDiff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { ComparedInvoice } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { addMonths, nameMonth, nameMonthBriefly } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { compareAmounts } from "../../shared/money";
import { Page } from "../../shared/Page";
import { TwoLines } from "../../shared/TwoLines";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { StandsOut } from "./columns";
import styles from "./Invoices.module.css";
import { comparison, type Whose } from "./load";

const route = getRouteApi("/invoices/comparison");

/** What stands out first, then by name. */
function inOrder(rows: ComparedInvoice[]): ComparedInvoice[] {
  return rows.toSorted(
    (left, right) =>
      Number(right.outlier) - Number(left.outlier) || left.for.label.localeCompare(right.for.label),
  );
}

function columnsOf(month: string): Column<ComparedInvoice>[] {
  const side = (id: "before" | "now", head: string, minor = false): Column<ComparedInvoice> => ({
    id,
    head,
    figures: true,
    minor,
    sort: (left, right) => compareAmounts(left[id] ?? "0", right[id] ?? "0"),
    cell: (row) => {
      const amount = row[id];
      return amount === null ? (
        <span className="soft">–</span>
      ) : (
        <Amount amount={amount} currency={row.currency} />
      );
    },
  });
  return [
    {
      id: "for",
      head: "For",
      sort: (left, right) => left.for.label.localeCompare(right.for.label),
      cell: (row) => (
        <span className={styles.compared}>
          <TwoLines
            first={row.for.label}
            second={row.why ?? (row.basis === "costs" ? "Not drafted yet: by costs" : null)}
          />
        </span>
      ),
    },
    side("before", nameMonthBriefly(addMonths(month, -1)), true),
    side("now", nameMonthBriefly(month)),
    {
      id: "change",
      head: "Change",
      figures: true,
      minor: true,
      sort: (left, right) => compareAmounts(left.change, right.change),
      cell: (row) => <Amount amount={row.change} currency={row.currency} />,
    },
    {
      id: "percent",
      head: "Percent",
      figures: true,
      cell: (row) => (
        <span className={row.outlier ? styles.outlier : undefined}>
          {row.outlier && <StandsOut why={row.why} />}
          <Change amount={row.now ?? "0"} previous={row.before} currency={row.currency} />
        </span>
      ),
    },
  ];
}

/** A month's invoices side by side with those of the month before; what stands out comes first. */
export function ComparisonPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const query = useQuery({ ...comparison(month ?? "", search.whose), enabled: month !== undefined });
  const change = (part: Partial<typeof search>) =>
    navigate({ to: "/invoices/comparison", search: { ...search, ...part } });
  return (
    <Page
      fill
      title="Side by side"
      above={
        <Link to="/invoices" search={{ month }}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Invoices
        </Link>
      }
      note={query.data?.rule}
      actions={
        month !== undefined && <MonthPicker month={month} onChange={(next) => change({ month: next })} />
      }
      controls={
        <SegmentedControl
          aria-label="Whose invoices"
          data={[
            { value: "people", label: "People" },
            { value: "teams", label: "Teams" },
            { value: "clients", label: "Clients" },
          ]}
          value={search.whose ?? "people"}
          onChange={(whose) => change({ whose: whose === "people" ? undefined : (whose as Whose) })}
        />
      }
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={8} height={44} />
          </div>
        }
      >
        {({ rows }) => (
          <DataTable
            fill
            tall
            label={`${nameMonth(month ?? "2000-01")} beside the month before`}
            file={{ table: "invoice-comparison", query: { month, for: search.whose } }}
            columns={columnsOf(month ?? "2000-01")}
            rows={inOrder(rows)}
            rowId={(row) => `${row.for.kind} ${row.for.id} ${row.currency}`}
            onOpen={({ invoice, for: { kind, id } }) =>
              invoice === null
                ? navigate({ to: "/invoices/account", search: { for: `${kind}:${id}` } })
                : navigate({ to: "/invoices/$id", params: { id: String(invoice) }, search: {} })
            }
            empty={
              <Empty icon={<IconArrowsDiff size={24} stroke={1.6} />} title="Nothing to compare">
                Nobody of these was billed for the month or the one before it, and nobody has costs in it.
              </Empty>
            }
          />
        )}
      </Answer>
    </Page>
  );
}
