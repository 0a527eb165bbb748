import { Button, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCloudDownload, IconPlus, IconSearch, IconTargetArrow } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Budget } from "../../host/wire";
import { budgets } from "../../shared/budgets";
import { DataTable } from "../../shared/DataTable";
import { monthOf, nameDay, today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { Page } from "../../shared/Page";
import { Answer, Waiting } from "../../shared/Waiting";
import { BudgetDrawer } from "./BudgetDrawer";
import { columnsOf, type Line } from "./columns";
import { ImportDialog } from "./ImportDialog";
import { asTree, byRisk, chosen } from "./load";
import type { BudgetsSearch } from "./search";

const route = getRouteApi("/budgets");

function count(all: Budget[], only?: "risk" | "over"): string {
  return ` ${chosen(all, { only }).length}`;
}

/** What may be spent, by whom, and how it stands. */
export function BudgetsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(budgets({ month: search.month, archived: search.archived }));
  const [importing, importer] = useDisclosure(false);
  const change = (part: Partial<BudgetsSearch>, replace = true) =>
    navigate({ to: "/budgets", search: { ...search, ...part }, replace });
  const all = query.data?.budgets ?? [];
  const hasTree = all.some((one) => one.parent !== null);
  const tree = hasTree && search.order === undefined;
  const lines = useMemo<Line[]>(() => {
    const shown = chosen(query.data?.budgets ?? [], search);
    return tree ? asTree(shown) : byRisk(shown).map((budget) => ({ budget, depth: 0 }));
  }, [query.data, search, tree]);
  const columns = useMemo(() => columnsOf(tree), [tree]);
  const addButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => change({ add: true })}>
      Set a budget
    </Button>
  );
  const asOf = query.data?.as_of_day ?? undefined;
  const month = search.month ?? (query.data === undefined ? undefined : monthOf(asOf ?? today()));
  return (
    <Page
      fill
      title="Budgets"
      note={asOf !== undefined && all.length > 0 && `as of ${nameDay(asOf)}`}
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
        all.length > 0 || search.archived ? (
          <>
            <SegmentedControl
              aria-label="Which budgets"
              data={[
                { value: "all", label: `All${count(all)}` },
                { value: "risk", label: `At risk${count(all, "risk")}` },
                { value: "over", label: `Over${count(all, "over")}` },
              ]}
              value={search.only ?? "all"}
              onChange={(only) => change({ only: only === "all" ? undefined : (only as "risk" | "over") })}
            />
            {hasTree && (
              <SegmentedControl
                aria-label="Order"
                data={[
                  { value: "tree", label: "As a tree" },
                  { value: "risk", label: "By risk" },
                ]}
                value={search.order ?? "tree"}
                onChange={(order) => change({ order: order === "risk" ? "risk" : undefined })}
              />
            )}
            <TextInput
              aria-label="Find a budget"
              placeholder="Find a budget"
              w={190}
              leftSection={<IconSearch size={14} aria-hidden="true" />}
              value={search.search ?? ""}
              onChange={(event) => change({ search: event.currentTarget.value || undefined })}
            />
            <Switch
              label="Show archived"
              checked={search.archived ?? false}
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
        {() => (
          <DataTable
            fill
            tall
            label="Budgets"
            columns={columns}
            rows={lines}
            rowId={({ budget }) => String(budget.id)}
            onOpen={({ budget }) =>
              navigate({ to: "/budgets/$id", params: { id: String(budget.id) }, search: {} })
            }
            empty={
              all.length > 0 ? (
                <Empty
                  icon={<IconTargetArrow size={24} stroke={1.6} />}
                  title={search.search === undefined ? "None of them" : "No budget by that name"}
                  action={
                    <Button variant="default" onClick={() => change({ only: undefined, search: undefined })}>
                      Show all {all.length}
                    </Button>
                  }
                >
                  {search.only === "over"
                    ? "No budget is over its limit."
                    : "No budget is near its limit or expected to pass it."}
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
        )}
      </Answer>
      <BudgetDrawer opened={search.add === true} onClose={() => change({ add: undefined })} />
      <ImportDialog opened={importing} onClose={importer.close} />
    </Page>
  );
}
