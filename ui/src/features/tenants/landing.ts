import { useQuery } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { tenant } from "./load";

/** The folder of a tenant that is open: what is dropped on the window lands there. */
export type Landing = { tenant: number; name: string; prefix: string };

/** Where what is dropped on this page would land, if it is a tenant's. */
export function useLanding(): Landing | undefined {
  const { pathname, search } = useRouterState({ select: (state) => state.location });
  const id = Number(/^\/tenants\/(\d+)$/.exec(pathname)?.[1] ?? 0);
  const name = useQuery({ ...tenant(id), enabled: id > 0 }).data?.name;
  const { at } = search as { at?: string };
  return id === 0 || name === undefined ? undefined : { tenant: id, name, prefix: at ?? "" };
}
