import { Button, TextInput } from "@mantine/core";
import { IconFolders, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Tenant } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { Empty } from "../../shared/Empty";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { tenants } from "../../shared/queries";
import { nameSize } from "../../shared/sizes";
import { TwoLines } from "../../shared/TwoLines";
import { Answer, Waiting } from "../../shared/Waiting";
import { TenantBadge } from "./names";
import { Quota } from "./Quota";
import { TenantDialog } from "./TenantDialog";

const route = getRouteApi("/tenants");

const COLUMNS: Column<Tenant>[] = [
  {
    id: "name",
    head: "Tenant",
    sort: (left, right) => left.name.localeCompare(right.name),
    cell: ({ name, client }) => <TwoLines first={name} second={client} />,
  },
  {
    id: "state",
    head: "State",
    sort: (left, right) => left.state.localeCompare(right.state),
    cell: (tenant) => <TenantBadge tenant={tenant} />,
  },
  {
    id: "users",
    head: "Users",
    figures: true,
    minor: true,
    sort: (left, right) => left.users - right.users,
    cell: ({ users }) => formatCount(users),
  },
  {
    id: "stored",
    head: "Stored",
    figures: true,
    sort: (left, right) => left.stored_bytes - right.stored_bytes,
    cell: ({ stored_bytes }) => nameSize(stored_bytes),
  },
  {
    id: "moved",
    head: <span title="Brought and fetched">Moved this month</span>,
    figures: true,
    minor: true,
    sort: (left, right) => left.moved_bytes - right.moved_bytes,
    cell: ({ moved_bytes }) => nameSize(moved_bytes),
  },
  { id: "quota", head: "Limits", minor: true, cell: (tenant) => <Quota tenant={tenant} /> },
];

/** Customers who exchange files by SFTP: what each stores and moves, and how near its limits it is. */
export function TenantsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(tenants);
  const adding = (open: boolean) =>
    navigate({ to: "/tenants", search: { search: search.search, add: open || undefined }, replace: true });
  const addButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => adding(true)}>
      New tenant
    </Button>
  );
  const sought = search.search?.toLowerCase() ?? "";
  const all = query.data ?? [];
  const shown = all.filter(({ name, slug, client }) =>
    `${name} ${slug} ${client ?? ""}`.toLowerCase().includes(sought),
  );
  return (
    <Page
      fill
      title="Tenants"
      note="Customers who exchange files by SFTP"
      actions={all.length > 0 && addButton}
      controls={
        all.length > 0 && (
          <TextInput
            aria-label="Find a tenant"
            placeholder="Name or client"
            w={200}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={search.search ?? ""}
            onChange={(event) =>
              navigate({
                to: "/tenants",
                search: { search: event.currentTarget.value || undefined },
                replace: true,
              })
            }
          />
        )
      }
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={5} height={44} />
          </div>
        }
      >
        {() => (
          <DataTable
            fill
            tall
            label="Tenants"
            file={{ table: "tenants" }}
            columns={COLUMNS}
            rows={shown}
            rowId={({ id }) => String(id)}
            onOpen={({ id }) => navigate({ to: "/tenants/$id", params: { id: String(id) }, search: {} })}
            empty={
              all.length === 0 ? (
                <Empty
                  icon={<IconFolders size={24} stroke={1.6} />}
                  title="No tenants yet"
                  action={addButton}
                >
                  A tenant is a customer who brings and fetches files by SFTP: a folder and a key of its own
                  on a server that all share, and users who see nothing else.
                </Empty>
              ) : (
                <Empty icon={<IconFolders size={24} stroke={1.6} />} title="No tenant by that name">
                  Neither a tenant nor a client is called so.
                </Empty>
              )
            }
          />
        )}
      </Answer>
      {search.add && <TenantDialog onClose={() => adding(false)} />}
    </Page>
  );
}
