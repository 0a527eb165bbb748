import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { people, teams } from "./queries";

type OwnerSelectProps = {
  value: string | null;
  onChange: (owner: string | null) => void;
  label?: string;
  error?: string | undefined;
  autoFocus?: boolean;
};

type Group = { group: string; items: { value: string; label: string }[] };

/** An owner's name alone: `Ann`. */
export function nameOwner(owner: string): string {
  return owner.slice(owner.indexOf(":") + 1);
}

/**
 * People and teams, written as the rules write owners: `person:Ann`. Whoever was chosen before is among them, also
 * when they were archived since or are a client.
 */
export function useOwners(chosen: string[]): Group[] {
  const persons = useQuery(people);
  const groups = useQuery(teams);
  const known: Group[] = [
    {
      group: "People",
      items: (persons.data ?? [])
        .filter((person) => !person.archived)
        .map((person) => ({ value: `person:${person.name}`, label: person.name })),
    },
    {
      group: "Teams",
      items: (groups.data ?? []).map((team) => ({ value: `team:${team.name}`, label: team.name })),
    },
  ];
  const missing = chosen.filter(
    (owner) => !known.some(({ items }) => items.some(({ value }) => value === owner)),
  );
  const others = missing.map((owner) => ({ value: owner, label: nameOwner(owner) }));
  return [...known, { group: "Others", items: others }].filter(({ items }) => items.length > 0);
}

/** A person or team to choose. */
export function OwnerSelect({ value, onChange, label = "Owner", error, autoFocus }: OwnerSelectProps) {
  const options = useOwners(value === null ? [] : [value]);
  return (
    <Select
      label={label}
      placeholder="A person or a team"
      data={options}
      value={value}
      onChange={onChange}
      error={error}
      searchable
      data-autofocus={autoFocus}
      nothingFoundMessage="Nobody by that name. Add them under People & teams first."
      comboboxProps={{ withinPortal: true }}
      maxDropdownHeight={260}
    />
  );
}
