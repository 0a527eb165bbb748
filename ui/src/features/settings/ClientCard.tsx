import { ActionIcon, Button, Group, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconCloudDownload,
  IconDatabaseImport,
  IconDots,
  IconEdit,
  IconPlugConnected,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Client, Connection } from "../../host/wire";
import { AccountItem } from "../../shared/Account";
import { nameMoment } from "../../shared/days";
import { ring } from "../../shared/door-bell";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { ClientDialog } from "./ClientDialog";
import { ConnectionDialog } from "./ConnectionDialog";
import { addConnection, deleteClient, deleteConnection, describeAccess, testConnection } from "./load";
import styles from "./Settings.module.css";
import { describeSource, setSource } from "./sources/load";
import { SourceDrawer } from "./sources/SourceDrawer";

function ConnectionRow({ client, connection }: { client: Client; connection: Connection }) {
  const cache = useQueryClient();
  const [choosing, source] = useDisclosure(false);
  const test = useMutation({ meta: { quiet: true }, mutationFn: () => testConnection(connection.id) });
  const remove = useMutation({
    mutationFn: () => deleteConnection(connection.id),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(`${connection.name} was removed; what it loaded stays`, () => {
        const { name, billing_account, access, allocation_tag } = connection;
        const draft = { kind: "cost_explorer", name, billing_account, access, allocation_tag };
        addConnection(client.id, draft)
          .then((again) =>
            connection.source?.kind === "export" ? setSource(again.id, connection.source.id) : again,
          )
          .finally(() => cache.invalidateQueries());
      });
    },
  });
  return (
    <div className={styles.connection}>
      <IconPlugConnected size={18} color="var(--tp-ink-soft)" aria-hidden="true" />
      <div className={styles.connectionText}>
        <Text fw={550} size="sm">
          {connection.name}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {capital(describeSource(connection.source))} of {connection.billing_account} by{" "}
          {describeAccess(connection.access)}
          {connection.allocation_tag !== null && ` · split by tag ${connection.allocation_tag}`}
        </Text>
        <Text size="xs" c="dimmed">
          {connection.last_sync === null ? "Never synced" : `Synced ${nameMoment(connection.last_sync)}`}
          {connection.monthly_request_cap != null &&
            ` · ${formatCount(connection.requests_this_month ?? 0)} of ${formatCount(connection.monthly_request_cap)} requests this month`}
        </Text>
        {test.data !== undefined && (
          <Text
            size="sm"
            mt={6}
            role="status"
            style={{ color: test.data.ok ? "var(--tp-good)" : "var(--tp-danger)" }}
          >
            {test.data.ok ? "✓ " : "✗ "}
            {test.data.message}
          </Text>
        )}
        {test.error !== null && <ErrorPanel error={test.error} />}
      </div>
      <Group gap={6}>
        <Button
          variant="default"
          leftSection={<IconDatabaseImport size={15} aria-hidden="true" />}
          onClick={source.open}
        >
          Source…
        </Button>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          Test
        </Button>
        <ActionIcon aria-label={`Remove ${connection.name}`} onClick={() => remove.mutate()}>
          <IconTrash size={15} aria-hidden="true" />
        </ActionIcon>
      </Group>
      <SourceDrawer connection={connection} opened={choosing} onClose={source.close} />
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameAccount({ id, name }: Client["billing_accounts"][number]): string {
  return name === null ? id : `${name} (${id})`;
}

/** One client with its connections. */
export function ClientCard({ client }: { client: Client }) {
  const cache = useQueryClient();
  const [adding, add] = useDisclosure(false);
  const [renaming, rename] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => deleteClient(client.id),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(`${client.name} was deleted`);
    },
  });
  return (
    <section className={styles.card} aria-label={client.name}>
      <div className={styles.cardHead}>
        <div style={{ minWidth: 0 }}>
          <h2 className={styles.cardTitle}>{client.name}</h2>
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {client.billing_accounts.length === 0
              ? "No bill is loaded yet"
              : `Billing ${client.billing_accounts.length === 1 ? "account" : "accounts"} ${client.billing_accounts.map(nameAccount).join(", ")}`}
          </Text>
        </div>
        <Group gap={8} ml="auto">
          <Button
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={add.open}
          >
            Connect
          </Button>
          {client.connections.length > 0 && (
            <Button
              leftSection={<IconCloudDownload size={15} aria-hidden="true" />}
              onClick={() => ring({ open: "sync", client: client.name })}
            >
              Sync…
            </Button>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`More for ${client.name}`}>
                <IconDots size={16} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconEdit size={15} aria-hidden="true" />} onClick={rename.open}>
                Rename
              </Menu.Item>
              <AccountItem of={`client:${client.id}`} />
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={15} aria-hidden="true" />}
                onClick={() => remove.mutate()}
              >
                Delete, if it has no bills
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </div>
      {client.connections.map((connection) => (
        <ConnectionRow key={connection.id} client={client} connection={connection} />
      ))}
      {client.connections.length === 0 && (
        <Text size="sm" c="dimmed" className={styles.none}>
          Bills of this client come from files. Connect Cost Explorer to have them fetched.
        </Text>
      )}
      <ConnectionDialog opened={adding} onClose={add.close} client={client} />
      <ClientDialog opened={renaming} onClose={rename.close} client={client} />
    </section>
  );
}
