import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Costs, Person } from "../../host/wire";
import { addMonths, firstDay, lastDay } from "../../shared/days";

/** Everybody's month, against the one before. */
export const monthByPerson = (month: string) =>
  queryOptions({
    queryKey: ["costs", "people", month],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/costs", { params: { query: { month, by: "person", compare: "previous" } } }),
      ),
  });

export const statement = (id: number, month: string, as_of?: string) =>
  queryOptions({
    queryKey: ["statement", id, month, as_of],
    queryFn: async () => {
      const query = { month, as_of };
      return data(await api.GET("/api/v1/people/{id}/statement", { params: { path: { id }, query } }));
    },
  });

/** A person's last twelve months. */
export const yearOf = (name: string, month: string) =>
  queryOptions({
    queryKey: ["costs", "year", name, month],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/costs", {
          params: {
            query: {
              from: firstDay(addMonths(month, -11)),
              to: lastDay(month),
              by: "service",
              interval: "month",
              person: [name],
            },
          },
        }),
      ),
  });

export type Spent = { currency: string; amount: string; previous: string | null };
export type PersonLine = { person: Person | undefined; label: string; spent: Spent[] };

/** People with what they spent, one entry a currency, and what nobody owns last. */
export function joinSpending(people: Person[], costs: Costs | undefined): PersonLine[] {
  const results = costs?.results ?? [];
  const spentBy = (key: (rowKey: string, label: string) => boolean): Spent[] =>
    results.flatMap(({ currency, rows }) =>
      rows
        .filter((row) => key(row.key, row.label))
        .map(({ amount, previous }) => ({ currency, amount, previous })),
    );
  const lines: PersonLine[] = people.map((person) => ({
    person,
    label: person.name,
    spent: spentBy((key, label) => key !== "unowned" && label === person.name),
  }));
  const unowned = spentBy((key) => key === "unowned");
  return unowned.length > 0 ? [...lines, { person: undefined, label: "Unowned", spent: unowned }] : lines;
}

export async function addPerson(draft: { name: string; email: string }): Promise<Person> {
  return data(
    await api.POST("/api/v1/people", {
      body: { name: draft.name.trim(), email: draft.email.trim() || null },
    }),
  );
}

export async function changePerson(
  id: number,
  change: { name?: string; email?: string | null; archived?: boolean },
): Promise<Person> {
  return data(await api.PATCH("/api/v1/people/{id}", { params: { path: { id } }, body: change }));
}
