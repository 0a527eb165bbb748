import { queryOptions } from "@tanstack/react-query";
import { api, host } from "../../../host/client";
import { data } from "../../../host/problem";
import type { TenantUser, TenantUserDraft, TenantUserEdit } from "../../../host/wire";
import { asBody } from "../../../shared/file-body";
import { addressOf, plainName, saveAnswer } from "../../../shared/saving";

const at = (id: number) => ({ params: { path: { id } } });
const named = (id: number, name: string) => ({ params: { path: { id, name } } });

export const users = (id: number) =>
  queryOptions({
    queryKey: ["tenants", id, "users"],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}/users", at(id))).users,
  });

export async function addUser(id: number, body: TenantUserDraft): Promise<TenantUser> {
  return data(await api.POST("/api/v1/tenants/{id}/users", { ...at(id), body }));
}

export async function changeUser(id: number, name: string, body: TenantUserEdit): Promise<TenantUser> {
  return data(await api.PUT("/api/v1/tenants/{id}/users/{name}", { ...named(id, name), body }));
}

export async function deleteUser(id: number, name: string): Promise<void> {
  data(await api.DELETE("/api/v1/tenants/{id}/users/{name}", named(id, name)));
}

/** A user as it is kept, to be added once more. */
export function draftOf({ name, role, keys, expires, state }: TenantUser): TenantUserDraft {
  return { name, role, keys: keys.map(({ text }) => text), expires, state };
}

/** Makes a pair of keys; the private one is told once and saved where the person says. */
export async function makeKeys(id: number, name: string): Promise<{ key: string; where: string } | null> {
  const pair = data(await api.POST("/api/v1/tenants/{id}/key-pair", { ...at(id), body: { name } }));
  const where = await host().save(`${plainName(name)}.pem`, new Blob([pair.private]));
  // A key whose other half lies nowhere would let nobody in.
  return where === null ? null : { key: pair.public, where };
}

/** What a list of users would change, or, if it is no dry run, changed. */
export async function importUsers(id: number, file: File, dryRun: boolean) {
  return data(
    await api.POST("/api/v1/tenants/{id}/users/import", {
      params: { path: { id }, query: { dry_run: dryRun } },
      ...asBody(file),
    }),
  );
}

export async function exportUsers(id: number, tenant: string): Promise<string | null> {
  return saveAnswer(addressOf(`/tenants/${id}/users/export`), `${plainName(`${tenant} users`)}.csv`);
}

/** One key a line; what stands between lines is nothing. */
export function keysOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
