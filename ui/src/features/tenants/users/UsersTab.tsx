import { Badge, Button, FileButton, Group, TextInput } from "@mantine/core";
import { IconDownload, IconFileUpload, IconPlus, IconSearch, IconUsers } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Tenant, TenantUser } from "../../../host/wire";
import { type Column, DataTable } from "../../../shared/DataTable";
import { nameDay } from "../../../shared/days";
import { Empty } from "../../../shared/Empty";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { TwoLines } from "../../../shared/TwoLines";
import { Answer } from "../../../shared/Waiting";
import { nameRole } from "../names";
import styles from "../Tenants.module.css";
import { ImportDialog } from "./ImportDialog";
import { exportUsers, users } from "./load";
import { UserDrawer } from "./UserDrawer";

/** Whether somebody can sign in, and why not. */
function Standing({ user }: { user: TenantUser }) {
  const [name, colour] = user.expired
    ? ["Expired", "red"]
    : user.state === "suspended"
      ? ["Suspended", "yellow"]
      : user.keys.length === 0
        ? ["No key", "yellow"]
        : !user.applied
          ? ["Not set in AWS yet", "yellow"]
          : user.signs_in
            ? ["May sign in", "teal"]
            : ["May not sign in", "yellow"];
  return (
    <Badge color={colour} c="inherit">
      {name}
    </Badge>
  );
}

function nameKeys({ keys }: TenantUser): string {
  return keys.map(({ algorithm, bits }) => `${algorithm} ${bits}`).join(", ");
}

function overdue({ keys }: TenantUser): number {
  return keys.filter(({ overdue_days }) => overdue_days !== null && overdue_days > 0).length;
}

const COLUMNS: Column<TenantUser>[] = [
  {
    id: "name",
    head: "User",
    sort: (left, right) => left.name.localeCompare(right.name),
    cell: (user) => <TwoLines first={user.name} second={nameKeys(user)} />,
  },
  { id: "role", head: "May", cell: ({ role }) => nameRole(role) },
  { id: "standing", head: "State", cell: (user) => <Standing user={user} /> },
  {
    id: "keys",
    head: "Keys",
    figures: true,
    minor: true,
    cell: (user) => (
      <>
        {formatCount(user.keys.length)}
        {overdue(user) > 0 && <span className={styles.stopped}> · {overdue(user)} to be changed</span>}
      </>
    ),
  },
  {
    id: "expires",
    head: "Until",
    minor: true,
    sort: (left, right) => (left.expires ?? "9").localeCompare(right.expires ?? "9"),
    cell: ({ expires }) => (expires === null ? "" : nameDay(expires)),
  },
];

/** Reads a list of users; what it would change is shown first. */
function OpenList({ tenant }: { tenant: Tenant }) {
  const [file, setFile] = useState<File | null>(null);
  // The same file can be chosen once more after it was mended.
  const forget = useRef<() => void>(null);
  return (
    <>
      <FileButton accept=".csv,text/csv" resetRef={forget} onChange={setFile}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileUpload size={15} aria-hidden="true" />}>
            Read a list…
          </Button>
        )}
      </FileButton>
      {file !== null && (
        <ImportDialog
          tenant={tenant}
          file={file}
          onClose={() => {
            setFile(null);
            forget.current?.();
          }}
        />
      )}
    </>
  );
}

/** Who signs in to a tenant's folder. */
export function UsersTab({ tenant }: { tenant: Tenant }) {
  const query = useQuery(users(tenant.id));
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<{ user: TenantUser | undefined }>();
  const save = useMutation({
    mutationFn: () => exportUsers(tenant.id, tenant.name),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  const addButton = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setOpened({ user: undefined })}
    >
      Add a user
    </Button>
  );
  return (
    <>
      <Group gap={8} mb="md">
        <TextInput
          aria-label="Find a user"
          placeholder="Name"
          w={180}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {addButton}
        <OpenList tenant={tenant} />
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden="true" />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save the list
        </Button>
      </Group>
      <Answer query={query}>
        {(all) => (
          <DataTable
            tall
            label="Users"
            file={{ table: "tenant-users", query: { tenant: tenant.id } }}
            columns={COLUMNS}
            rows={all.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))}
            rowId={({ name }) => name}
            onOpen={(user) => setOpened({ user })}
            empty={
              all.length === 0 ? (
                <Empty
                  icon={<IconUsers size={24} stroke={1.6} />}
                  title="Nobody can sign in yet"
                  action={addButton}
                >
                  A user has a name, one or more SSH keys and a role, and sees this tenant's folder as if
                  there was nothing else.
                </Empty>
              ) : (
                <Empty icon={<IconUsers size={24} stroke={1.6} />} title="No user by that name">
                  Nobody here is called so.
                </Empty>
              )
            }
          />
        )}
      </Answer>
      {opened !== undefined && (
        <UserDrawer tenant={tenant} user={opened.user} onClose={() => setOpened(undefined)} />
      )}
    </>
  );
}
