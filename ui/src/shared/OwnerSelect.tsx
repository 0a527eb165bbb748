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

/** A person or team, written as the rules write owners: `person:Ann`. */
export function OwnerSelect({ value, onChange, label = "Owner", error, autoFocus }: OwnerSelectProps) {
  const persons = useQuery(people);
  const groups = useQuery(teams);
  const options = [
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
  return (
    <Select
      label={label}
      placeholder="A person or a team"
      data={options.filter((group) => group.items.length > 0)}
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
