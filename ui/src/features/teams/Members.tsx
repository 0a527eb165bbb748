import { ActionIcon, Button, Group, Select, Stack, Table, Text } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Team } from "../../host/wire";
import { firstDay, lastDay, nameDay } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { people } from "../../shared/queries";
import { changeTeam, removeMember, setMember } from "./load";
import { TeamDialog } from "./TeamDialog";

function when(from: string | null, to: string | null): string {
  if (from === null && to === null) return "Always";
  if (from === null) return `Until ${nameDay(to ?? "")}`;
  return to === null ? `Since ${nameDay(from)}` : `${nameDay(from)} – ${nameDay(to)}`;
}

/** Who belongs to a team and when; the past stays with those who were there. */
export function Members({ team, month }: { team: Team; month: string | undefined }) {
  const cache = useQueryClient();
  const everybody = useQuery(people);
  const [person, setPerson] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const done = () => cache.invalidateQueries();
  const put = useMutation({
    meta: { quiet: true },
    mutationFn: () => setMember(team.id, Number(person), from, to),
    onSuccess: () => {
      void done();
      setPerson(null);
      setFrom(null);
      setTo(null);
    },
  });
  const remove = useMutation({
    mutationFn: (member: Team["members"][number]) => removeMember(team.id, member.person_id),
    onSuccess: (_, member) => {
      void done();
      showDone(`${member.name} no longer belongs to ${team.name}`, () => {
        setMember(team.id, member.person_id, member.from, member.to).then(done);
      });
    },
  });
  const [renaming, rename] = useDisclosure(false);
  const archive = useMutation({
    mutationFn: (archived: boolean) => changeTeam(team.id, { archived }),
    onSuccess: (changed) => {
      void done();
      showDone(
        changed.archived ? `${team.name} was archived; the past stays as it is` : `${team.name} is back`,
        changed.archived ? () => archive.mutate(false) : undefined,
      );
    },
  });
  const free = (everybody.data ?? [])
    .filter((one) => !one.archived)
    .map((one) => ({ value: String(one.id), label: one.name }));
  return (
    <Stack gap="lg">
      <Group gap={8}>
        {month !== undefined && (
          <Link
            to="/costs"
            search={{ from: firstDay(month), to: lastDay(month), team: [team.name], by: "person" }}
          >
            Costs of this team by person
          </Link>
        )}
        <Button variant="default" ml="auto" onClick={rename.open}>
          Rename
        </Button>
        <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate(true)}>
          Archive
        </Button>
      </Group>
      <TeamDialog opened={renaming} onClose={rename.close} team={team} />
      {team.members.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody belongs to this team yet.
        </Text>
      ) : (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Member</Table.Th>
              <Table.Th>When</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {team.members.map((member) => (
              <Table.Tr key={`${member.person_id} ${member.from}`}>
                <Table.Td>
                  <Link to="/people/$id" params={{ id: String(member.person_id) }}>
                    {member.name}
                  </Link>
                </Table.Td>
                <Table.Td>{when(member.from, member.to)}</Table.Td>
                <Table.Td ta="end">
                  <ActionIcon aria-label={`Remove ${member.name}`} onClick={() => remove.mutate(member)}>
                    <IconX size={15} aria-hidden="true" />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          put.mutate();
        }}
      >
        <Stack gap="sm">
          <Select
            label="Add a member"
            placeholder="Person"
            data={free}
            value={person}
            onChange={setPerson}
            searchable
          />
          <Group grow>
            <DateInput label="From" placeholder="Always" value={from} onChange={setFrom} clearable />
            <DateInput label="To" placeholder="Open" value={to} onChange={setTo} clearable />
          </Group>
          {put.error !== null && <ErrorPanel error={put.error} />}
          <Group justify="flex-end">
            <Button type="submit" disabled={person === null} loading={put.isPending}>
              Add to {team.name}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
