import { Button, Checkbox, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch, IconServer2, IconUserCheck } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Resource } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { firstDay, lastDay } from "../../shared/days";
import type { WhyAsk } from "../../shared/door-bell";
import { Empty } from "../../shared/Empty";
import { Figure } from "../../shared/Figure";
import { FilterBar } from "../../shared/FilterBar";
import { pickFilters } from "../../shared/filters";
import { MonthPicker } from "../../shared/MonthPicker";
import { compareAmounts, formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { ResourcesTabs } from "../../shared/ResourcesTabs";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { AssignDialog, type AssignStart } from "./AssignDialog";
import { PAGE, resources } from "./load";
import styles from "./Resources.module.css";

const route = getRouteApi("/resources");

function idOf(resource: Resource): string {
  return `${resource.resource} ${resource.currency}`;
}

function columnsFor(
  chosen: Set<string>,
  toggle: (resource: string) => void,
  onOpen: (resource: Resource) => void,
  whyOf: (resource: Resource) => WhyAsk,
): Column<Resource>[] {
  return [
    {
      id: "choose",
      head: <span className={styles.hidden}>Choose</span>,
      width: 44,
      cell: (row) => (
        <Checkbox
          aria-label={`Choose ${row.name ?? row.resource}`}
          checked={chosen.has(row.resource)}
          onChange={() => toggle(row.resource)}
        />
      ),
    },
    {
      id: "name",
      head: "Resource",
      sort: (left, right) => (left.name ?? left.resource).localeCompare(right.name ?? right.resource),
      cell: (row) => (
        <button
          type="button"
          className={`plain ${styles.name}`}
          data-nav
          tabIndex={-1}
          onClick={() => onOpen(row)}
          title={row.resource}
        >
          {row.name ?? row.resource}
        </button>
      ),
    },
    {
      id: "service",
      head: "Service",
      sort: (left, right) => left.service.localeCompare(right.service),
      cell: (row) => row.service,
    },
    {
      id: "account",
      head: "Account",
      minor: true,
      cell: (row) => <span title={row.account?.id}>{row.account?.name ?? row.account?.id}</span>,
    },
    {
      id: "tags",
      head: "Tags",
      minor: true,
      cell: (row) => {
        const tags = Object.entries(row.tags).map(([key, value]) => `${key}=${value}`);
        return (
          <span className="soft" title={tags.join("\n")}>
            {tags.join(", ")}
          </span>
        );
      },
    },
    {
      id: "owner",
      head: "Owner",
      sort: (left, right) => (left.owner?.label ?? "").localeCompare(right.owner?.label ?? ""),
      cell: (row) => row.owner?.label ?? <em className="soft">Unowned</em>,
    },
    {
      id: "amount",
      head: "This month",
      figures: true,
      sort: (left, right) => compareAmounts(left.amount, right.amount),
      cell: (row) => <Figure stop amount={row.amount} why={whyOf(row)} />,
    },
  ];
}

/** What cost something, whose it is, and the way to give it to somebody. */
export function ResourcesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const filters = pickFilters(search);
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [assigning, setAssigning] = useState<AssignStart>();
  const ask = { month: month ?? "", search: search.search ?? "", filters };
  const query = useQuery({
    ...resources(ask),
    enabled: month !== undefined,
    placeholderData: keepPreviousData,
  });
  const change = (part: object) =>
    navigate({ to: "/resources", search: { ...search, ...part }, replace: true });
  const type = useDebouncedCallback((text: string) => change({ search: text || undefined }), 250);
  const columns = useMemo(
    () =>
      columnsFor(
        chosen,
        (resource) => {
          const next = new Set(chosen);
          if (!next.delete(resource)) next.add(resource);
          setChosen(next);
        },
        (row) =>
          navigate({ to: "/charges", search: { from: month && `${month}-01`, resource: [row.resource] } }),
        (row) => ({
          from: firstDay(month ?? ""),
          to: lastDay(month ?? "1970-01"),
          filters: { resource: [row.resource] },
          title: row.name ?? row.resource,
          currency: row.currency,
        }),
      ),
    [chosen, navigate, month],
  );
  const assign = (start: Partial<AssignStart>) =>
    setAssigning({ kind: "tag", resources: [], owner: search.for ?? null, ...start });
  return (
    <Page
      fill
      title="Resources"
      note={
        query.data !== undefined && (
          <>
            {formatCount(query.data.total_rows)} {query.data.total_rows === 1 ? "resource" : "resources"}
            {query.data.total_rows > PAGE && `, the ${PAGE} most expensive are listed; search for others`}
          </>
        )
      }
      actions={
        <>
          {month !== undefined && <MonthPicker month={month} onChange={(next) => change({ month: next })} />}
          <Button
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => assign({ kind: "tag" })}
          >
            New rule
          </Button>
        </>
      }
      controls={
        <>
          <ResourcesTabs current="resources" />
          <TextInput
            aria-label="Search resources"
            placeholder="Name or id"
            w={220}
            defaultValue={search.search ?? ""}
            key={search.search === undefined ? "empty" : "searched"}
            onChange={(event) => type(event.currentTarget.value)}
            leftSection={<IconSearch size={15} aria-hidden="true" />}
          />
          <FilterBar
            filters={filters}
            onChange={(next) =>
              navigate({
                to: "/resources",
                search: { month: search.month, search: search.search, for: search.for, ...next },
                replace: true,
              })
            }
          />
        </>
      }
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={10} />
          </div>
        }
      >
        {(answer) => (
          <DataTable
            fill
            label="Resources"
            file={{ table: "resources", query: { month, search: search.search, ...filters } }}
            columns={columns}
            rows={answer.rows}
            rowId={idOf}
            isChosen={(row) => chosen.has(row.resource)}
            empty={
              search.search === undefined && Object.keys(filters).length === 0 ? (
                <Empty
                  icon={<IconServer2 size={24} stroke={1.6} />}
                  title="The bill of this month names no resources"
                  action={
                    <Button
                      leftSection={<IconPlus size={16} aria-hidden="true" />}
                      onClick={() => assign({ kind: "tag" })}
                    >
                      New rule
                    </Button>
                  }
                >
                  Cost Explorer tells services, accounts and tags, but no resources; a cost and usage file
                  tells them all. Without them, assign by tag, account or service.
                </Empty>
              ) : (
                <Empty
                  icon={<IconServer2 size={24} stroke={1.6} />}
                  title="No resource matches"
                  action={
                    <Button
                      variant="default"
                      onClick={() => navigate({ to: "/resources", search: { month: search.month } })}
                    >
                      Show all resources
                    </Button>
                  }
                >
                  Nothing that cost money this month matches the search and the filters.
                </Empty>
              )
            }
          />
        )}
      </Answer>
      {chosen.size > 0 && (
        <div className={styles.bar} role="toolbar" aria-label="Chosen resources">
          <strong>{chosen.size} chosen</strong>
          <Button
            leftSection={<IconUserCheck size={16} aria-hidden="true" />}
            onClick={() => assign({ kind: "resource", resources: [...chosen] })}
          >
            Assign…
          </Button>
          <Button variant="default" onClick={() => setChosen(new Set())}>
            Clear
          </Button>
        </div>
      )}
      <AssignDialog
        start={assigning}
        month={month}
        onClose={(done) => {
          setAssigning(undefined);
          if (done) setChosen(new Set());
        }}
      />
    </Page>
  );
}
