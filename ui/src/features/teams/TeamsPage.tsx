import { Button, Drawer, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Team } from "../../host/wire";
import { AccountButton } from "../../shared/Account";
import { Amount, Change } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { compareAmounts } from "../../shared/money";
import { Page } from "../../shared/Page";
import { PeopleTabs } from "../../shared/PeopleTabs";
import { teams } from "../../shared/queries";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { monthByTeam } from "./load";
import { Members } from "./Members";
import { TeamDialog } from "./TeamDialog";

const route = getRouteApi("/teams");

type Line = { team: Team; spent: { currency: string; amount: string; previous: string | null }[] };

function isMember(member: { from: string | null; to: string | null }, day: string): boolean {
  return (member.from === null || member.from <= day) && (member.to === null || member.to >= day);
}

function columnsFor(): Column<Line>[] {
  const now = today();
  return [
    {
      id: "name",
      head: "Team",
      sort: (left, right) => left.team.name.localeCompare(right.team.name),
      cell: ({ team }) => <span style={{ fontWeight: 550 }}>{team.name}</span>,
    },
    {
      id: "members",
      head: "Members today",
      cell: ({ team }) => {
        const names = team.members.filter((member) => isMember(member, now)).map((member) => member.name);
        return (
          <span title={names.join(", ")}>{names.join(", ") || <span className="soft">Nobody</span>}</span>
        );
      },
    },
    {
      id: "amount",
      head: "This month",
      figures: true,
      sort: (left, right) => compareAmounts(left.spent[0]?.amount ?? "0", right.spent[0]?.amount ?? "0"),
      cell: ({ spent }) =>
        spent.length === 0 ? (
          <span className="soft">–</span>
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
          <Change key={one.currency} amount={one.amount} previous={one.previous} currency={one.currency} />
        )),
    },
  ];
}

/** Teams: what they own plus what their members own on the day. */
export function TeamsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const groups = useQuery(teams);
  const spent = useQuery({ ...monthByTeam(month ?? ""), enabled: month !== undefined });
  const [adding, add] = useDisclosure(false);
  const columns = useMemo(columnsFor, []);
  const open = groups.data?.find((team) => team.id === search.team);
  const close = () => navigate({ to: "/teams", search: { month: search.month } });
  const rows = useMemo(
    () =>
      (groups.data ?? [])
        .filter((team) => !team.archived)
        .map((team) => ({
          team,
          spent: (spent.data?.results ?? []).flatMap(({ currency, rows: found }) =>
            found
              .filter((row) => row.key !== "unowned" && row.label === team.name)
              .map(({ amount, previous }) => ({ currency, amount, previous })),
          ),
        })),
    [groups.data, spent.data],
  );
  const addButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add.open}>
      Add a team
    </Button>
  );
  return (
    <Page
      fill
      title="People & teams"
      name="Teams"
      actions={
        <>
          {month !== undefined && (
            <MonthPicker
              month={month}
              onChange={(chosen) => navigate({ to: "/teams", search: { month: chosen } })}
            />
          )}
          {addButton}
        </>
      }
      controls={<PeopleTabs current="teams" />}
    >
      <Answer
        query={groups}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting />
          </div>
        }
      >
        {() => (
          <DataTable
            fill
            label="Teams"
            file={{ table: "teams" }}
            columns={columns}
            rows={rows}
            rowId={({ team }) => String(team.id)}
            onOpen={({ team }) => navigate({ to: "/teams", search: { month: search.month, team: team.id } })}
            empty={
              <Empty icon={<IconUsersGroup size={24} stroke={1.6} />} title="No teams yet" action={addButton}>
                A team's cost is what it owns itself plus what its members own while they belong to it.
              </Empty>
            }
          />
        )}
      </Answer>
      <TeamDialog opened={adding} onClose={add.close} />
      <Drawer
        opened={open !== undefined}
        onClose={close}
        title={open?.name}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {open !== undefined && (
          <Stack gap="lg" align="flex-start">
            <Members team={open} month={month} />
            <AccountButton of={`team:${open.id}`} />
          </Stack>
        )}
      </Drawer>
    </Page>
  );
}
