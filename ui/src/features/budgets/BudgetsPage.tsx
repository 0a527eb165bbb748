import { Button, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { IconCloudDownload, IconPlus, IconSearch, IconTargetArrow } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { budgets } from "../../shared/budgets";
import { DataTable } from "../../shared/DataTable";
import { monthOf, nameDay, today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { Pager } from "../../shared/Pager";
import { Answer, Waiting } from "../../shared/Waiting";
import { BudgetDrawer } from "./BudgetDrawer";
import { columnsOf } from "./columns";
import { ImportDialog } from "./ImportDialog";
import type { BudgetsSearch } from "./search";

const route = getRouteApi("/budgets");
/** Budgets on a page. */
const PAGE = 200;

/** What may be spent, by whom, and how it stands. */
export function BudgetsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { month: asked, archived, only, order, page = 1 } = search;
  const query = useQuery({
    ...budgets({ month: asked, archived, only, order, page, search: search.search, limit: PAGE }),
    placeholderData: keepPreviousData,
  });
  const [importing, importer] = useDisclosure(false);
  const change = (part: Partial<BudgetsSearch>, replace = true) =>
    navigate({ to: "/budgets", search: { ...search, page: undefined, ...part }, replace });
  const [typed, setTyped] = useState(search.search ?? "");
  const find = useDebouncedCallback((text: string) => change({ search: text || undefined }), 250);
  const { all = 0, total = 0, has_parts: hasTree = false } = query.data ?? {};
  const sortable = !(hasTree && order === undefined) && total <= PAGE;
  const columns = useMemo(() => columnsOf(sortable), [sortable]);
  const searched = search.search !== undefined;
  const showAll = () => {
    setTyped("");
    change({ only: undefined, search: undefined });
  };
  const addButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => change({ add: true })}>
      Set a budget
    </Button>
  );
  const asOf = query.data?.as_of_day ?? undefined;
  const month = asked ?? (query.data === undefined ? undefined : monthOf(asOf ?? today()));
  return (
    <Page
      fill
      title="Budgets"
      note={asOf !== undefined && all > 0 && `as of ${nameDay(asOf)}`}
      actions={
        <>
          {month !== undefined && (
            <MonthPicker month={month} onChange={(chosenMonth) => change({ month: chosenMonth }, false)} />
          )}
          <Button
            variant="default"
            leftSection={<IconCloudDownload size={15} aria-hidden="true" />}
            onClick={importer.open}
          >
            Import from AWS…
          </Button>
          {addButton}
        </>
      }
      controls={
        all > 0 || archived || searched ? (
          <>
            <SegmentedControl
              aria-label="Which budgets"
              data={[
                { value: "all", label: `All ${formatCount(all)}` },
                { value: "risk", label: `At risk ${formatCount(query.data?.at_risk ?? 0)}` },
                { value: "over", label: `Over ${formatCount(query.data?.over ?? 0)}` },
              ]}
              value={only ?? "all"}
              onChange={(next) => change({ only: next === "all" ? undefined : (next as "risk" | "over") })}
            />
            {hasTree && (
              <SegmentedControl
                aria-label="Order"
                data={[
                  { value: "tree", label: "As a tree" },
                  { value: "risk", label: "By risk" },
                ]}
                value={order ?? "tree"}
                onChange={(next) => change({ order: next === "risk" ? "risk" : undefined })}
              />
            )}
            <TextInput
              aria-label="Find a budget"
              placeholder="Find a budget"
              w={190}
              leftSection={<IconSearch size={14} aria-hidden="true" />}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                find(event.currentTarget.value);
              }}
            />
            <Switch
              label="Show archived"
              checked={archived ?? false}
              onChange={(event) => change({ archived: event.currentTarget.checked || undefined })}
            />
          </>
        ) : undefined
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
        {({ budgets: rows }) => (
          <>
            <DataTable
              fill
              tall
              label="Budgets"
              file={{
                table: "budgets",
                query: {
                  month: asked,
                  only,
                  search: search.search,
                  include: archived ? "archived" : undefined,
                },
              }}
              columns={columns}
              rows={rows}
              rowId={(budget) => String(budget.id)}
              onOpen={(budget) =>
                navigate({ to: "/budgets/$id", params: { id: String(budget.id) }, search: {} })
              }
              empty={
                all > 0 || searched ? (
                  <Empty
                    icon={<IconTargetArrow size={24} stroke={1.6} />}
                    title={searched ? "No budget by that name" : "None of them"}
                    action={
                      <Button variant="default" onClick={showAll}>
                        Show all
                      </Button>
                    }
                  >
                    {only === "over"
                      ? "No budget is over its limit."
                      : only === "risk"
                        ? "No budget is near its limit or expected to pass it."
                        : "Names are searched, and what the budgets are about."}
                  </Empty>
                ) : (
                  <Empty
                    icon={<IconTargetArrow size={24} stroke={1.6} />}
                    title="No budget yet"
                    action={addButton}
                  >
                    A budget says what a person, a team, a service, a tag or everything may cost in a day, a
                    month, a quarter or a year. Tallyport tells you when the money is going, and when it is
                    expected to go, before it is gone.
                  </Empty>
                )
              }
            />
            <Pager page={page} size={PAGE} total={total} onChange={(next) => change({ page: next })} />
          </>
        )}
      </Answer>
      <BudgetDrawer opened={search.add === true} onClose={() => change({ add: undefined })} />
      <ImportDialog opened={importing} onClose={importer.close} />
    </Page>
  );
}
