import { Badge, Button, Drawer, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconSearch } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection, FoundExport } from "../../../host/wire";
import { nameMonth } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { showDone } from "../../../shared/notices";
import { AthenaForm } from "./AthenaForm";
import { CapForm } from "./CapForm";
import { CreateExport } from "./CreateExport";
import { describeSource, discover, nameKind, placeOf, setSource } from "./load";
import { MissingPermissions } from "./MissingPermissions";
import styles from "./Sources.module.css";

type FoundProps = { found: FoundExport; inUse: boolean; busy: boolean; onUse: () => void };

function Found({ found, inUse, busy, onUse }: FoundProps) {
  return (
    <li className={styles.found}>
      <div className={styles.foundText}>
        <strong>{found.name}</strong> {inUse && <Badge color="teal">in use</Badge>}
        <div className="soft">
          {[nameKind(found), found.refresh, found.status]
            .filter((part) => part !== "")
            .map((part) => part.replaceAll("_", " "))
            .join(" · ")}
        </div>
        <div className="soft">
          {placeOf(found)}
          {found.region !== null && ` (${found.region})`}
        </div>
        {found.reason !== null && (
          <div style={{ color: found.usable ? undefined : "var(--tp-warn)" }}>{found.reason}</div>
        )}
      </div>
      {!inUse && (
        <Button
          variant="default"
          disabled={!found.usable}
          loading={busy}
          onClick={onUse}
          aria-label={`Use ${found.name}`}
        >
          Use
        </Button>
      )}
    </li>
  );
}

/** Months that an export which is no longer loaded has left open. */
function LeftBehind({ months }: { months: string[] }) {
  if (months.length === 0) return null;
  return (
    <Text size="sm" mt={8} style={{ color: "var(--tp-warn)" }}>
      {months.map(nameMonth).join(", ")} {months.length === 1 ? "counts" : "count"} as the export last told{" "}
      {months.length === 1 ? "it" : "them"} until the next sync asks Cost Explorer. Final months stay as the
      export brought them.
    </Text>
  );
}

/** Where one connection's bill comes from: what there is to choose from, and how to get more. */
function Sources({ connection }: { connection: Connection }) {
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<string | null>();
  const find = useMutation({ meta: { quiet: true }, mutationFn: () => discover(connection.id) });
  const use = useMutation({
    meta: { quiet: true },
    mutationFn: (found: string | null) => setSource(connection.id, found),
    onSuccess: (changed) => {
      void cache.invalidateQueries();
      showDone(`${changed.name} comes from ${describeSource(changed.source)}; sync to load it`);
    },
  });
  const { source } = connection;
  const current = source?.kind === "export" ? source.id : undefined;
  const choose = (found: string | null) => {
    setChosen(found);
    use.mutate(found);
  };
  return (
    <Stack gap="lg">
      <section>
        <h3 className={styles.heading}>Now</h3>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          The bill comes from {describeSource(source)}.
        </Text>
        <LeftBehind months={connection.left_behind ?? []} />
        {current !== undefined && (
          <Button
            variant="default"
            mt={8}
            leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
            loading={use.isPending && chosen === null}
            onClick={() => choose(null)}
          >
            Back to Cost Explorer
          </Button>
        )}
        {use.error !== null && <ErrorPanel error={use.error} />}
      </section>
      <section>
        <h3 className={styles.heading}>Exports of this account</h3>
        <Text size="sm" c="dimmed" mb={8}>
          An export names every resource and line of the bill; Cost Explorer knows sums only. Looking costs
          nothing.
        </Text>
        <Button
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          loading={find.isPending}
          onClick={() => find.mutate()}
        >
          Find exports
        </Button>
        {find.error !== null && <ErrorPanel error={find.error} />}
        {find.data !== undefined && (
          <div role="status" aria-label="Exports found">
            <Text size="sm" c="dimmed" my={8}>
              Account {find.data.account}, asked as {find.data.arn}
            </Text>
            <MissingPermissions permissions={find.data.missing_permissions} />
            {find.data.exports.length === 0 ? (
              <Text size="sm">No export was found.</Text>
            ) : (
              <ul className={styles.list}>
                {find.data.exports.map((found) => (
                  <Found
                    key={found.id}
                    found={found}
                    inUse={found.id === current}
                    busy={use.isPending && chosen === found.id}
                    onUse={() => choose(found.id)}
                  />
                ))}
              </ul>
            )}
          </div>
        )}
      </section>
      {find.data !== undefined && find.data.offer !== null && (
        <CreateExport connection={connection} offer={find.data.offer} onCreated={() => find.mutate()} />
      )}
      {current !== undefined && <AthenaForm connection={connection} />}
      <CapForm connection={connection} />
    </Stack>
  );
}

type SourceDrawerProps = { connection: Connection; opened: boolean; onClose: () => void };

/** Chooses where a connection's bill comes from. */
export function SourceDrawer({ connection, opened, onClose }: SourceDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={`Source of ${connection.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {opened && <Sources connection={connection} />}
    </Drawer>
  );
}
