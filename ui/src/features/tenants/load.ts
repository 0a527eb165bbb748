import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Job, Tenant, TenantDraft, TenantEdit, TenantQuota } from "../../host/wire";
import { learn } from "../../shared/jobs";

const at = (id: number) => ({ params: { path: { id } } });

export const tenant = (id: number) =>
  queryOptions({
    queryKey: ["tenants", id],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}", at(id))),
  });

function begun(job: Job): Job {
  learn(job);
  return job;
}

/** Begins to set a tenant up; the tray shows how far it is. */
export async function createTenant(body: TenantDraft): Promise<Job> {
  return begun(data(await api.POST("/api/v1/tenants", { body })));
}

/** Goes on where setting up stopped. */
export async function resumeSetup(id: number): Promise<Job> {
  return begun(data(await api.POST("/api/v1/tenants/{id}/resume-setup", at(id))));
}

export async function changeTenant(id: number, body: TenantEdit): Promise<Tenant> {
  return data(await api.PUT("/api/v1/tenants/{id}", { ...at(id), body }));
}

/** Nobody of the tenant can sign in until it is taken back; everything stays. */
export async function suspendTenant(id: number): Promise<Tenant> {
  return data(await api.POST("/api/v1/tenants/{id}/suspend", at(id)));
}

export async function reactivateTenant(id: number): Promise<Tenant> {
  return data(await api.POST("/api/v1/tenants/{id}/reactivate", at(id)));
}

export async function setQuota(id: number, body: TenantQuota): Promise<Tenant> {
  return data(await api.PUT("/api/v1/tenants/{id}/quota", { ...at(id), body }));
}

/** What deleting it would take away. */
export const removal = (id: number) =>
  queryOptions({
    queryKey: ["tenants", id, "removal"],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}/removal", at(id))),
    gcTime: 0,
  });

/** By which it is known that a tenant is on its way out: nothing more is asked of one, since it is refused. */
export const leaving = (id: number) => ({ mutationKey: ["tenants", id, "leaving"] });

export async function deleteTenant(id: number, confirm: string, files: "keep" | "erase"): Promise<Job> {
  const params = { path: { id }, query: { confirm, files } };
  return begun(data(await api.DELETE("/api/v1/tenants/{id}", { params })));
}

/** Really tries to reach what is another tenant's. */
export async function verifyIsolation(id: number) {
  return data(await api.POST("/api/v1/tenants/{id}/verify", at(id)));
}

/** Where AWS has something else than was set here. */
export const drift = (id: number) =>
  queryOptions({
    queryKey: ["tenants", id, "drift"],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}/drift", at(id))).drifts,
    retry: false,
  });

export async function mend(id: number) {
  return data(await api.POST("/api/v1/tenants/{id}/mend", at(id)));
}

/** What it stored and moved, day by day. */
export const usage = (id: number, month: string) =>
  queryOptions({
    queryKey: ["tenants", id, "usage", month],
    queryFn: async () =>
      data(await api.GET("/api/v1/tenants/{id}/usage", { params: { path: { id }, query: { month } } })),
    retry: false,
  });

/** Who signed in in the last seven days, what they moved, and who was refused. */
export const activity = (id: number) =>
  queryOptions({
    queryKey: ["tenants", id, "activity"],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}/activity", at(id))),
    retry: false,
  });
