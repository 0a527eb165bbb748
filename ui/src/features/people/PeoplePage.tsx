import { Button, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { compareAmounts } from "../../shared/money";
import { Page } from "../../shared/Page";
import { PeopleTabs } from "../../shared/PeopleTabs";
import { people, teams } from "../../shared/queries";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { joinSpending, monthByPerson, type PersonLine } from "./load";
import { PersonDialog } from "./PersonDialog";

const route = getRouteApi("/people");

function first(line: PersonLine): string {
  return line.spent[0]?.amount ?? "0";
}

function columnsFor(teamNames: Map<number, string>, loading: boolean): Column<PersonLine>[] {
  return [
    {
      id: "name",
      head: "Name",
      sort: (left, right) => left.label.localeCompare(right.label),
      cell: ({ person, label }) =>
        person === undefined ? (
          <em className="soft">Unowned: nobody's yet</em>
        ) : (
          <span style={{ fontWeight: 550 }}>
            {label}
            {person.archived && <span className="soft"> (archived)</span>}
          </span>
        ),
    },
    {
      id: "teams",
      head: "Teams",
      minor: true,
      cell: ({ person }) => person?.team_ids.map((id) => teamNames.get(id) ?? "").join(", ") || "",
    },
    {
      id: "email",
      head: "Email",
      minor: true,
      cell: ({ person }) => <span className="soft">{person?.email}</span>,
    },
    {
      id: "amount",
      head: "This month",
      figures: true,
      sort: (left, right) => compareAmounts(first(left), first(right)),
      cell: ({ spent }) =>
        spent.length === 0 ? (
          <span className="soft">{loading ? "…" : "–"}</span>
        ) : (
          spent.map((one, at) => (
            <span key={one.currency}>
              {at > 0 && " + "}
              <Amount amount={one.amount} currency={one.currency} />
            </span>
          ))
        ),
    },
    {
      id: "change",
      head: <span title="Against the month before">Change</span>,
      figures: true,
      cell: ({ spent }) =>
        spent.map((one) => (
          <span key={one.currency}>
            <Change amount={one.amount} previous={one.previous} currency={one.currency} />{" "}
          </span>
        )),
    },
  ];
}

/** Everybody with their month. */
export function PeoplePage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const everybody = useQuery(people);
  const groups = useQuery(teams);
  const spent = useQuery({ ...monthByPerson(month ?? ""), enabled: month !== undefined });
  const [archived, showArchived] = useDisclosure(false);
  const teamNames = useMemo(
    () => new Map((groups.data ?? []).map((team) => [team.id, team.name])),
    [groups.data],
  );
  const columns = useMemo(() => columnsFor(teamNames, spent.isPending), [teamNames, spent.isPending]);
  const setAdding = (add: boolean) =>
    navigate({ to: "/people", search: { month: search.month, add: add || undefined }, replace: true });
  const open = (line: PersonLine) =>
    line.person === undefined
      ? navigate({ to: "/costs", search: { owner: ["unowned"], month } })
      : navigate({
          to: "/people/$id",
          params: { id: String(line.person.id) },
          search: { month: search.month },
        });
  const addButton = (
    <Button leftSection={<IconUserPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      Add a person
    </Button>
  );
  return (
    <Page
      fill
      title="People & teams"
      actions={
        <>
          {month !== undefined && (
            <MonthPicker
              month={month}
              onChange={(chosen) => navigate({ to: "/people", search: { month: chosen } })}
            />
          )}
          {addButton}
        </>
      }
      controls={
        <>
          <PeopleTabs current="people" />
          {(everybody.data ?? []).some((person) => person.archived) && (
            <Switch label="Show archived" checked={archived} onChange={showArchived.toggle} />
          )}
        </>
      }
    >
      <Answer
        query={everybody}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={8} />
          </div>
        }
      >
        {(all) => (
          <DataTable
            fill
            label="People"
            file={{ table: "people" }}
            columns={columns}
            rows={joinSpending(
              all.filter((person) => archived || !person.archived),
              all.length === 0 ? undefined : spent.data,
            )}
            rowId={(line) => String(line.person?.id ?? "unowned")}
            onOpen={open}
            empty={
              <Empty
                icon={<IconUsers size={24} stroke={1.6} />}
                title="Nobody is here yet"
                action={addButton}
              >
                Add the people and teams that cause cost. Then assign them what they own under{" "}
                <Link to="/resources">Resources</Link>, and each gets a month to read and an invoice to pay.
              </Empty>
            }
          />
        )}
      </Answer>
      <PersonDialog opened={search.add === true} onClose={() => setAdding(false)} />
    </Page>
  );
}
