import { Badge } from "@mantine/core";
import type { Tenant } from "../../host/wire";
import { nameSize } from "../../shared/sizes";

const STATES: Record<string, { name: string; colour: string }> = {
  creating: { name: "Being set up", colour: "blue" },
  active: { name: "Active", colour: "teal" },
  suspended: { name: "Suspended", colour: "yellow" },
  deleting: { name: "Being removed", colour: "yellow" },
  deleted: { name: "Removed", colour: "gray" },
};

export function nameState(state: string): string {
  return STATES[state]?.name ?? state;
}

export function TenantBadge({ tenant: { state } }: { tenant: Pick<Tenant, "state"> }) {
  return (
    <Badge color={STATES[state]?.colour ?? "gray"} c="inherit">
      {nameState(state)}
    </Badge>
  );
}

/** What somebody may do there, in the order of how much that is. */
export const ROLES = [
  { value: "read-only", label: "Read", description: "May look and fetch, and change nothing." },
  { value: "upload-only", label: "Upload", description: "May bring files, and see only their names." },
  { value: "admin", label: "Read and write", description: "May do everything in the tenant's folder." },
] as const;

export function nameRole(role: string): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}

/** `1.2 GB of 2.0 GB`. */
export function nameUse(bytes: number, limit: number | null): string {
  return limit === null ? nameSize(bytes) : `${nameSize(bytes)} of ${nameSize(limit)}`;
}

/** How much of a limit is used, in percent; undefined without one. */
export function shareOf(bytes: number, limit: number | null): number | undefined {
  return limit === null || limit === 0 ? undefined : (bytes / limit) * 100;
}
