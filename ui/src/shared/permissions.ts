import { useQuery } from "@tanstack/react-query";
import { session } from "./queries";

/** What a role may be allowed, as the session names it. */
export type Permission = "read invoices" | "issue invoices" | "administer the workspace" | "manage tenants";

/** Says what the person may do; nothing of it is offered before that is known. */
export function usePermissions(): (permission: Permission) => boolean {
  const held = useQuery(session).data?.permissions ?? [];
  return (permission) => held.includes(permission);
}

/** Whether the person may do this. */
export function useMay(permission: Permission): boolean {
  return usePermissions()(permission);
}
