import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Quarantined } from "../../host/wire";

/** Lets a held-back period count for alerts and invoices again; the note stays in the trail. */
export async function release(id: number, note: string): Promise<Quarantined> {
  const params = { path: { id } };
  const body = { note: note.trim() };
  return data(await api.POST("/api/v1/quarantine/{id}/release", { params, body }));
}

/** What is still held back comes first, then the latest. */
export function inOrder(items: Quarantined[]): Quarantined[] {
  return items.toSorted(
    (left, right) =>
      Number(left.released !== null) - Number(right.released !== null) ||
      right.since.localeCompare(left.since),
  );
}

const REASONS: Record<string, string> = {
  leap: "Leapt beyond reason",
  price: "Cost without matching usage",
};

export function nameReason(reason: string): string {
  return REASONS[reason] ?? reason;
}
