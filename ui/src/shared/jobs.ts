import { useSyncExternalStore } from "react";
import { api } from "../host/client";
import type { Picked } from "../host/host";
import { data } from "../host/problem";
import type { Job } from "../host/wire";

type JobId = Job["id"];

let jobs: Job[] = [];
const listeners = new Set<() => void>();
/** What a job was made of, to ask again with another answer. */
const material = new Map<JobId, { picked: Picked; client: string | undefined; add: boolean }>();

function changed(next: Job[]): void {
  jobs = next;
  for (const listener of listeners) listener();
}

/**
 * Takes in what is said of a job. A job that has ended stays ended: the answer that began it may
 * come after the event that ended it.
 */
export function learn(job: Job): void {
  const known = jobs.find((one) => one.id === job.id);
  if (known === undefined) changed([job, ...jobs]);
  else if (!isRunning(known) && isRunning(job)) changed([...jobs]);
  else changed(jobs.map((one) => (one.id === job.id ? job : one)));
}

export function forget(id: JobId): void {
  material.delete(id);
  changed(jobs.filter((job) => job.id !== id));
}

export function remember(
  id: JobId,
  from: { picked: Picked; client: string | undefined; add: boolean },
): void {
  material.set(id, from);
}

export function materialOf(id: JobId) {
  return material.get(id);
}

export function isRunning(job: Job): boolean {
  return job.state === "queued" || job.state === "running";
}

/** The jobs that run, whoever began them. */
export async function runningJobs(): Promise<Job[]> {
  return data(await api.GET("/api/v1/jobs")).jobs.filter(isRunning);
}

/** Asks a job to stop; it ends at the next place where it can. */
export async function cancelJob(id: JobId): Promise<void> {
  learn(data(await api.POST("/api/v1/jobs/{id}/cancel", { params: { path: { id } } })));
}

/** The jobs of this run of the interface, newest first. */
export function useJobs(): Job[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => jobs,
  );
}

/** One of them. */
export function useJob(id: number | string | undefined): Job | undefined {
  return useJobs().find((job) => job.id === id);
}
