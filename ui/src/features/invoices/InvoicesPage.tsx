import { Button, Menu, SegmentedControl, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconFileInvoice, IconFilePlus, IconSearch, IconShieldCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { InvoiceBrief } from "../../host/wire";
import { DataTable } from "../../shared/DataTable";
import { nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { InvoicesTabs } from "../../shared/InvoicesTabs";
import { MonthPicker } from "../../shared/MonthPicker";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { useMay } from "../../shared/permissions";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { BatchDialog, type Deed } from "./BatchDialog";
import { columnsOf } from "./columns";
import { chosen, draftMonth, invoices, may, overdue } from "./load";
import { RestatementsBanner } from "./Restatements";
import type { InvoicesSearch, View } from "./search";
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

/** Makes the month's drafts anew, and says for whom there was nothing. */
function useDrafting(month: string | undefined) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => draftMonth(month ?? ""),
    onSuccess: ({ invoices: made, nothing }) => {
      void cache.invalidateQueries();
      const told =
        made.length === 0
          ? "Nothing new to invoice"
          : `${formatCount(made.length)} ${made.length === 1 ? "draft" : "drafts"}`;
      const left = nothing.map((one) => `${one.for.label}: ${one.reason}`);
      showDone([`${told} for ${nameMonth(month ?? "")}`, ...left.slice(0, 3)].join(". "));
    },
  });
}

/** The month's invoices beside last month's: drafts to look through, approve and issue; and what is owed. */
export function InvoicesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const late = search.view === "overdue";
  const ofMonth = useQuery({ ...invoices(month ?? ""), enabled: month !== undefined && !late });
  const ofAll = useQuery({ ...overdue, enabled: late });
  const query = late ? ofAll : ofMonth;
  const mayIssue = useMay("issue invoices");
  const [verifying, verify] = useDisclosure(false);
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [batch, setBatch] = useState<{ deed: Deed; invoices: InvoiceBrief[] }>();
  const change = (part: Partial<InvoicesSearch>) =>
    navigate({ to: "/invoices", search: { ...search, ...part }, replace: part.search !== undefined });
  const all = useMemo(() => query.data ?? [], [query.data]);
  const shown = useMemo(
    () => chosen(all, late ? undefined : search.view, search.search),
    [all, late, search.view, search.search],
  );
  // Those that were chosen and are on the screen; all of them while none is chosen.
  const picked = shown.filter((one) => ids.has(one.id));
  const subject = picked.length > 0 ? picked : shown;
  const columns = useMemo(() => {
    const every = shown.length > 0 && shown.every((one) => ids.has(one.id));
    return columnsOf({
      overdue: late,
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
  }, [ids, late, mayIssue, shown]);
  const draft = useDrafting(month);
  const drafts = all.some((one) => one.state === "draft" || one.state === "approved");
  const draftButton = (primary: boolean) =>
    mayIssue && (
      <Button
        variant={primary ? "filled" : "default"}
        leftSection={<IconFilePlus size={16} aria-hidden="true" />}
        loading={draft.isPending}
        onClick={() => draft.mutate()}
      >
        Draft {month !== undefined && nameMonth(month)}
      </Button>
    );
  const deedButton = (deed: Deed, word: string) => {
    const ready = subject.filter((one) => may(one, deed));
    if (ready.length === 0) return null;
    const count = ready.length === 1 ? "1" : picked.length > 0 ? `${ready.length}` : `all ${ready.length}`;
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
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" px={8} aria-label="More">
                <IconDots size={16} aria-hidden="true" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
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
                  : `${label} ${chosen(all, value, undefined).length}`,
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
              all.length > 0 || late ? (
                <Empty
                  icon={<IconFileInvoice size={24} stroke={1.6} />}
                  title={search.search === undefined ? "None of them" : "No invoice by that name"}
                  action={
                    <Button variant="default" onClick={() => change({ view: undefined, search: undefined })}>
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
                  Drafts are made from what each person owns in the month. Nothing is final, and no number is
                  taken, before you issue one.
                </Empty>
              )
            }
          />
        )}
      </Answer>
      <BatchDialog
        deed={batch?.deed}
        invoices={batch?.invoices ?? []}
        onClose={() => {
          setBatch(undefined);
          setIds(new Set());
        }}
      />
      <VerifyDialog opened={verifying} onClose={verify.close} />
    </Page>
  );
}
