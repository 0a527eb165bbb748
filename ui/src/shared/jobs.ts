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
