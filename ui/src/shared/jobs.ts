import { useSyncExternalStore } from "react";
import type { Picked } from "../host/host";
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

/** Takes in what the event stream says. */
export function learn(job: Job): void {
  const known = jobs.some((one) => one.id === job.id);
  changed(known ? jobs.map((one) => (one.id === job.id ? job : one)) : [job, ...jobs]);
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
