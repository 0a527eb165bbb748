import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Team } from "../../host/wire";

export const monthByTeam = (month: string) =>
  queryOptions({
    queryKey: ["costs", "teams", month],
    queryFn: async () =>
      data(await api.GET("/api/v1/costs", { params: { query: { month, by: "team", compare: "previous" } } })),
  });

export async function addTeam(name: string): Promise<Team> {
  return data(await api.POST("/api/v1/teams", { body: { name: name.trim() } }));
}

export async function changeTeam(id: number, change: { name?: string; archived?: boolean }): Promise<Team> {
  return data(await api.PATCH("/api/v1/teams/{id}", { params: { path: { id } }, body: change }));
}

export async function setMember(
  team: number,
  person: number,
  from: string | null,
  to: string | null,
): Promise<void> {
  data(
    await api.PUT("/api/v1/teams/{id}/members/{person_id}", {
      params: { path: { id: team, person_id: person } },
      body: { from, to },
    }),
  );
}

export async function removeMember(team: number, person: number): Promise<void> {
  data(
    await api.DELETE("/api/v1/teams/{id}/members/{person_id}", {
      params: { path: { id: team, person_id: person } },
    }),
  );
}
