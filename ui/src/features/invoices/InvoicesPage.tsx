import { Button, Menu, SegmentedControl, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowsDiff,
  IconDots,
  IconFileInvoice,
  IconFilePlus,
  IconSearch,
  IconShieldCheck,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { InvoiceBrief } from "../../host/wire";
import { DataTable } from "../../shared/DataTable";
import { nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { InvoicesTabs } from "../../shared/InvoicesTabs";
import { MonthPicker } from "../../shared/MonthPicker";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { Pager } from "../../shared/Pager";
import { useMay } from "../../shared/permissions";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { type BatchDeed, BatchDialog } from "./batch/BatchDialog";
import { DraftDialog } from "./batch/DraftDialog";
import { columnsOf } from "./columns";
import { invoices, may, PAGE_SIZE } from "./load";
import { byInvoice, OutliersBanner, useOutliers } from "./outliers";
import { RestatementsBanner } from "./Restatements";
import type { InvoicesSearch, View } from "./search";
import { statesOf } from "./states";
import { VerifyDialog } from "./VerifyDialog";

const route = getRouteApi("/invoices");

const VIEWS: { value: View | "all"; label: string }[] = [
  { value: "all", label: "All" },
  { value: "drafts", label: "Drafts" },
  { value: "open", label: "Open" },
  { value: "settled", label: "Settled" },
  { value: "overdue", label: "Overdue" },
];

const NOTHING: Record<View, string> = {
  drafts: "Nothing waits to be approved or issued.",
  open: "Nothing that was issued waits to be paid.",
  settled: "Nothing is paid or credited yet.",
  overdue: "Everything that is due was paid in time.",
};

/** By name, as far as they are here. */
function inOrder(all: InvoiceBrief[]): InvoiceBrief[] {
  return all.toSorted((left, right) => left.for.label.localeCompare(right.for.label));
}

/** How many a view has. */
function countIn(view: View, byState: Record<string, number>): number {
  return statesOf(view).reduce((sum, state) => sum + (byState[state] ?? 0), 0);
}

/** The month's invoices beside last month's: drafts to look through, approve and issue; and what is owed. */
export function InvoicesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const late = search.view === "overdue";
  const page = search.page ?? 1;
  const ask = { month, view: search.view, search: search.search, page };
  const query = useQuery({ ...invoices(ask), enabled: month !== undefined });
  const mayIssue = useMay("issue invoices");
  const [verifying, verify] = useDisclosure(false);
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [drafting, draft] = useDisclosure(false);
  const [batch, setBatch] = useState<{ deed: BatchDeed; invoices: InvoiceBrief[] }>();
  const change = (part: Partial<InvoicesSearch>) =>
    navigate({
      to: "/invoices",
      search: { ...search, page: undefined, ...part },
      replace: part.search !== undefined,
    });
  const total = query.data?.total ?? 0;
  const byState = query.data?.by_state ?? {};
  const shown = useMemo(() => inOrder(query.data?.invoices ?? []), [query.data]);
  // Those that were chosen and are on the screen; all of them while none is chosen.
  const picked = shown.filter((one) => ids.has(one.id));
  const subject = picked.length > 0 ? picked : shown;
  const outliers = useOutliers(late ? undefined : month, shown);
  const narrowed = late || search.view !== undefined || search.search !== undefined;
  const columns = useMemo(() => {
    const every = shown.length > 0 && shown.every((one) => ids.has(one.id));
    return columnsOf({
      overdue: late,
      outliers: byInvoice(outliers),
      margin: mayIssue && shown.some((one) => one.margin !== null),
      chosen: mayIssue
        ? {
            ids,
            every,
            all: () => setIds(every ? new Set() : new Set(shown.map((one) => one.id))),
            toggle: (id) =>
              setIds((before) => {
                const after = new Set(before);
                if (!after.delete(id)) after.add(id);
                return after;
              }),
          }
        : undefined,
    });
  }, [ids, late, mayIssue, outliers, shown]);
  const drafts = countIn("drafts", byState) > 0;
  const draftButton = (primary: boolean) =>
    mayIssue && (
      <Button
        variant={primary ? "filled" : "default"}
        leftSection={<IconFilePlus size={16} aria-hidden="true" />}
        onClick={draft.open}
      >
        Draft {month !== undefined && nameMonth(month)}…
      </Button>
    );
  const deedButton = (deed: BatchDeed, word: string) => {
    const ready = subject.filter((one) => may(one, deed) && (deed !== "send" || one.sent === null));
    if (ready.length === 0) return null;
    const all = picked.length === 0 && ready.length > 1 && total <= PAGE_SIZE;
    const count = all ? `all ${formatCount(ready.length)}` : formatCount(ready.length);
    return (
      <Button
        variant={deed === "issue" ? "filled" : "default"}
        onClick={() => setBatch({ deed, invoices: ready })}
      >
        {word} {count}…
      </Button>
    );
  };
  return (
    <Page
      fill
      title="Invoices"
      note={late && "of all months"}
      actions={
        <>
          {month !== undefined && !late && (
            <MonthPicker month={month} onChange={(next) => change({ month: next })} />
          )}
          {!late && draftButton(!drafts)}
          {deedButton("approve", "Approve")}
          {deedButton("issue", "Issue")}
          {deedButton("send", "Send")}
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" px={8} aria-label="More">
                <IconDots size={16} aria-hidden="true" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconArrowsDiff size={15} aria-hidden="true" />}
                onClick={() => navigate({ to: "/invoices/comparison", search: { month } })}
              >
                Side by side with the month before
              </Menu.Item>
              <Menu.Item leftSection={<IconShieldCheck size={15} aria-hidden="true" />} onClick={verify.open}>
                Prove all invoices…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
      banner={
        month !== undefined &&
        !late && (
          <>
            <QuarantineBanner from={month} to={month} />
            <RestatementsBanner month={month} />
            <OutliersBanner month={month} rows={outliers} />
          </>
        )
      }
      controls={
        <>
          <InvoicesTabs current="invoices" />
          <SegmentedControl
            aria-label="State"
            data={VIEWS.map(({ value, label }) => ({
              value,
              label:
                late || value === "overdue" || value === "all"
                  ? label
                  : `${label} ${formatCount(countIn(value, byState))}`,
            }))}
            value={search.view ?? "all"}
            onChange={(view) => change({ view: view === "all" ? undefined : (view as View) })}
          />
          <TextInput
            aria-label="Find an invoice"
            placeholder="Name or number"
            w={170}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={search.search ?? ""}
            onChange={(event) => change({ search: event.currentTarget.value || undefined })}
          />
        </>
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
        {() => (
          <>
            <DataTable
              fill
              tall
              label="Invoices"
              file={{ table: "invoices", query: late ? { overdue: "true" } : { month } }}
              columns={columns}
              rows={shown}
              rowId={(one) => String(one.id)}
              isChosen={(one) => ids.has(one.id)}
              onOpen={(one) => navigate({ to: "/invoices/$id", params: { id: String(one.id) }, search: {} })}
              empty={
                narrowed ? (
                  <Empty
                    icon={<IconFileInvoice size={24} stroke={1.6} />}
                    title={search.search === undefined ? "None of them" : "No invoice by that name"}
                    action={
                      <Button
                        variant="default"
                        onClick={() => change({ view: undefined, search: undefined })}
                      >
                        Show all
                      </Button>
                    }
                  >
                    {search.search === undefined && search.view !== undefined
                      ? NOTHING[search.view]
                      : "Nobody of that name and no such number is among them."}
                  </Empty>
                ) : (
                  <Empty
                    icon={<IconFileInvoice size={24} stroke={1.6} />}
                    title={`No invoices for ${nameMonth(month ?? "2000-01")}`}
                    action={draftButton(true)}
                  >
                    Drafts are made from what each person owns in the month. Nothing is final, and no number
                    is taken, before you issue one.
                  </Empty>
                )
              }
            />
            <Pager page={page} size={PAGE_SIZE} total={total} onChange={(next) => change({ page: next })} />
          </>
        )}
      </Answer>
      {batch !== undefined && (
        <BatchDialog
          {...batch}
          onClose={() => {
            setBatch(undefined);
            setIds(new Set());
          }}
        />
      )}
      {drafting && month !== undefined && <DraftDialog month={month} onClose={draft.close} />}
      {verifying && <VerifyDialog onClose={verify.close} />}
    </Page>
  );
}
