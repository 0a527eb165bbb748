import { useQuery } from "@tanstack/react-query";
import { clients, people, teams } from "./queries";

type Named = { id: number; name: string };
export type Recipients = { group: string; items: { value: string; label: string }[] }[];

/** `team:Platform`, as requests name whom something is for. */
export function byName(kind: string, { name }: Named): string {
  return `${kind}:${name}`;
}

/** `team:3`. */
export function byNumber(kind: string, { id }: Named): string {
  return `${kind}:${id}`;
}

/** Everybody who can be billed, to choose from. */
export function useRecipients(write: typeof byName): Recipients {
  const owners = useQuery(clients).data ?? [];
  const groups = useQuery(teams).data ?? [];
  const persons = useQuery(people).data ?? [];
  const items = (kind: string, all: Named[]) =>
    all.map((one) => ({ value: write(kind, one), label: one.name }));
  return [
    { group: "Clients", items: items("client", owners) },
    { group: "Teams", items: items("team", groups) },
    {
      group: "People",
      items: items(
        "person",
        persons.filter((person) => !person.archived),
      ),
    },
  ].filter((group) => group.items.length > 0);
}
