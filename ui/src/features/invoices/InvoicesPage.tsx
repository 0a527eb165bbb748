import { Badge, Button, SegmentedControl } from "@mantine/core";
import { IconFileInvoice, IconFilePlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Invoice } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameDay, nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { compareAmounts } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { IssueDialog } from "./IssueDialog";
import { draftMonth, invoices } from "./load";

const route = getRouteApi("/invoices");

const COLUMNS: Column<Invoice>[] = [
  {
    id: "for",
    head: "For",
    sort: (left, right) => left.for.label.localeCompare(right.for.label),
    cell: (invoice) => <span style={{ fontWeight: 550 }}>{invoice.for.label}</span>,
  },
  {
    id: "state",
    head: "Number",
    cell: (invoice) =>
      invoice.state === "draft" ? (
        <Badge color="yellow" c="inherit">
          Draft
        </Badge>
      ) : (
        <span className="figure">{invoice.number}</span>
      ),
  },
  {
    id: "issued",
    head: "Issued",
    minor: true,
    cell: (invoice) => (invoice.issued_on === null ? "" : nameDay(invoice.issued_on)),
  },
  {
    id: "due",
    head: "Due",
    minor: true,
    cell: (invoice) => (invoice.due_on === null ? "" : nameDay(invoice.due_on)),
  },
  {
    id: "warnings",
    head: "Notices",
    minor: true,
    cell: (invoice) =>
      invoice.warnings.length > 0 && (
        <span title={invoice.warnings.join("\n")} style={{ color: "var(--tp-warn)" }}>
          {invoice.warnings.length === 1 ? invoice.warnings[0] : `${invoice.warnings.length} notices`}
        </span>
      ),
  },
  {
    id: "subtotal",
    head: "Net",
    figures: true,
    minor: true,
    cell: (invoice) => <Amount amount={invoice.subtotal} currency={invoice.currency} />,
  },
  {
    id: "tax",
    head: "Tax",
    figures: true,
    minor: true,
    cell: (invoice) => <Amount amount={invoice.tax} currency={invoice.currency} />,
  },
  {
    id: "total",
    head: "Total",
    figures: true,
    sort: (left, right) => compareAmounts(left.total, right.total),
    cell: (invoice) => (
      <strong>
        <Amount amount={invoice.total} currency={invoice.currency} />
      </strong>
    ),
  },
  {
    id: "change",
    head: <span title="Against the month before">Change</span>,
    figures: true,
    cell: (invoice) => (
      <Change amount={invoice.subtotal} previous={invoice.previous_total} currency={invoice.currency} />
    ),
  },
];

/** The month's invoices beside last month's: drafts to look through, issue and save. */
export function InvoicesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const month = useMonth(search.month);
  const query = useQuery({ ...invoices(month ?? ""), enabled: month !== undefined });
  const [issuing, setIssuing] = useState<Invoice[]>([]);
  const shown = useMemo(
    () =>
      (query.data ?? []).filter((invoice) => search.state === undefined || invoice.state === search.state),
    [query.data, search.state],
  );
  const drafts = (query.data ?? []).filter((invoice) => invoice.state === "draft");
  const draft = useMutation({
    mutationFn: () => draftMonth(month ?? ""),
    onSuccess: ({ invoices: made, nothing }) => {
      void cache.invalidateQueries();
      const told =
        made.length === 0
          ? "Nothing new to invoice"
          : `${made.length} ${made.length === 1 ? "draft" : "drafts"}`;
      const left = nothing.map((one) => `${one.for.label}: ${one.reason}`);
      showDone([`${told} for ${nameMonth(month ?? "")}`, ...left.slice(0, 3)].join(". "));
    },
  });
  const draftButton = (primary: boolean) => (
    <Button
      variant={primary ? "filled" : "default"}
      leftSection={<IconFilePlus size={16} aria-hidden="true" />}
      loading={draft.isPending}
      onClick={() => draft.mutate()}
    >
      Draft {month !== undefined && nameMonth(month)}
    </Button>
  );
  return (
    <Page
      fill
      title="Invoices"
      actions={
        <>
          {month !== undefined && (
            <MonthPicker
              month={month}
              onChange={(next) => navigate({ to: "/invoices", search: { ...search, month: next } })}
            />
          )}
          {draftButton(drafts.length === 0)}
          {drafts.length > 0 && (
            <Button onClick={() => setIssuing(drafts)}>
              Issue {drafts.length === 1 ? "the draft" : `all ${drafts.length} drafts`}…
            </Button>
          )}
        </>
      }
      banner={month !== undefined && <QuarantineBanner from={month} to={month} />}
      controls={
        <SegmentedControl
          aria-label="State"
          data={[
            { value: "all", label: "All" },
            { value: "draft", label: "Drafts" },
            { value: "issued", label: "Issued" },
          ]}
          value={search.state ?? "all"}
          onChange={(state) =>
            navigate({
              to: "/invoices",
              search: {
                month: search.month,
                state: state === "all" ? undefined : (state as "draft" | "issued"),
              },
            })
          }
        />
      }
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting />
          </div>
        }
      >
        {() => (
          <DataTable
            fill
            label="Invoices"
            columns={COLUMNS}
            rows={shown}
            rowId={(invoice) => String(invoice.id)}
            onOpen={(invoice) => navigate({ to: "/invoices/$id", params: { id: String(invoice.id) } })}
            empty={
              <Empty
                icon={<IconFileInvoice size={24} stroke={1.6} />}
                title={`No invoices for ${nameMonth(month ?? "2000-01")}`}
                action={draftButton(true)}
              >
                Drafts are made from what each person owns in the month. Nothing is final, and no number is
                taken, before you issue one.
              </Empty>
            }
          />
        )}
      </Answer>
      <IssueDialog invoices={issuing} onClose={() => setIssuing([])} />
    </Page>
  );
}
