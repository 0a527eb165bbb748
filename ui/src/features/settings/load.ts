import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Client, Connection, ConnectionDraft, LetterheadDraft, Verification } from "../../host/wire";
import { today } from "../../shared/days";
import { asBody } from "../../shared/file-body";
import { addressOf, plainName, saveAnswer } from "../../shared/saving";

export async function addClient(name: string): Promise<Client> {
  return data(await api.POST("/api/v1/clients", { body: { name: name.trim() } }));
}

export async function deleteClient(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/clients/{id}", { params: { path: { id } } }));
}

export async function renameClient(id: number, name: string): Promise<Client> {
  return data(
    await api.PATCH("/api/v1/clients/{id}", { params: { path: { id } }, body: { name: name.trim() } }),
  );
}

export async function addConnection(client: number, draft: ConnectionDraft): Promise<Connection> {
  return data(
    await api.POST("/api/v1/clients/{id}/connections", { params: { path: { id: client } }, body: draft }),
  );
}

export async function testConnection(id: number) {
  return data(await api.POST("/api/v1/connections/{id}/test", { params: { path: { id } } }));
}

export async function deleteConnection(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/connections/{id}", { params: { path: { id } } }));
}

export async function verify(): Promise<Verification> {
  return data(await api.POST("/api/v1/verify"));
}

/** Fetches the whole workspace, encrypted, in one file. */
export async function saveBackup(name: string): Promise<string | null> {
  return saveAnswer(addressOf("/backup"), `${plainName(name)} ${today()}.tallybackup`);
}

/** How documents look. */
export const letterhead = queryOptions({
  queryKey: ["letterhead"],
  queryFn: async () => data(await api.GET("/api/v1/settings/letterhead")),
});

export const logo = (hash: string) =>
  queryOptions({
    queryKey: ["letterhead", "logo", hash],
    queryFn: async () =>
      data(await api.GET("/api/v1/settings/letterhead/logo", { parseAs: "blob" })) as unknown as Blob,
    structuralSharing: false,
  });

export async function saveLetterhead(body: LetterheadDraft) {
  return data(await api.PUT("/api/v1/settings/letterhead", { body }));
}

export async function setLogo(file: File) {
  return data(await api.PUT("/api/v1/settings/letterhead/logo", asBody(file)));
}

export async function dropLogo() {
  return data(await api.DELETE("/api/v1/settings/letterhead/logo"));
}

export type AccessForm = { kind: string; profile: string; roleArn: string; externalId: string };

/** How to reach an account, as the program takes it. */
export function accessOf(form: AccessForm): ConnectionDraft["access"] {
  const base: ConnectionDraft["access"] =
    form.profile.trim() === "" ? { kind: "environment" } : { kind: "profile", name: form.profile.trim() };
  if (form.kind === "environment") return { kind: "environment" };
  if (form.kind === "profile") return base;
  return {
    kind: "assume_role",
    base,
    role_arn: form.roleArn.trim(),
    external_id: form.externalId.trim() || null,
  };
}

/** How an account is reached, in words. */
export function describeAccess(access: Connection["access"]): string {
  switch (access.kind) {
    case "environment":
      return "the environment's credentials";
    case "profile":
      return `profile ${access.name}`;
    case "assume_role":
      return `role ${access.role_arn}`;
  }
}
