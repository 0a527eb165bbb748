import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AwsBudgets } from "../../host/wire";
import { namePeriod } from "../../shared/budgets";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatMoney } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { clients } from "../../shared/queries";
import styles from "./Budgets.module.css";
import { importAws } from "./load";

function Found({ answer }: { answer: AwsBudgets }) {
  return (
    <>
      {answer.found.length === 0 ? (
        <Text size="sm">This account keeps no budget that could be taken over.</Text>
      ) : (
        <ul className={styles.list} aria-label="Budgets found">
          {answer.found.map((one) => (
            <li key={one.name}>
              <div className={styles.grow}>
                <strong>{one.name}</strong>
                <div className="soft">
                  {one.scope} · {namePeriod(one.period)}
                  {one.known && " · is here already and stays as it is"}
                  {one.note !== "" && ` · ${one.note}`}
                </div>
              </div>
              <span className="figure">
                {one.amount === null ? "a plan of twelve" : formatMoney(one.amount, one.currency)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {answer.unsupported.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={6}>
            Left with AWS
          </Text>
          <ul className={styles.list} aria-label="Budgets left out">
            {answer.unsupported.map((one) => (
              <li key={one.name}>
                <div className={styles.grow}>
                  <strong>{one.name}</strong>
                  <div className="soft">{one.reason}</div>
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Import({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const customers = useQuery(clients);
  const [connection, setConnection] = useState<string | null>(null);
  const connections = (customers.data ?? []).flatMap((client) =>
    client.connections.map((one) => ({ value: String(one.id), label: `${client.name} · ${one.name}` })),
  );
  const asked = connection ?? connections[0]?.value ?? null;
  const look = useMutation({ meta: { quiet: true }, mutationFn: () => importAws(Number(asked), true) });
  const take = useMutation({
    meta: { quiet: true },
    mutationFn: () => importAws(Number(asked), false),
    onSuccess: ({ imported }) => {
      void cache.invalidateQueries();
      showDone(imported === 1 ? "One budget was taken over" : `${imported} budgets were taken over`);
      onClose();
    },
  });
  const fresh = (look.data?.found ?? []).filter((one) => !one.known).length;
  if (customers.data !== undefined && connections.length === 0)
    return <Text size="sm">No client has a connection to AWS yet. Add one under Clients.</Text>;
  return (
    <Stack gap="md">
      <Text size="sm">
        Reads the budgets that an account keeps with AWS Budgets. Asking costs nothing, and nothing is changed
        there.
      </Text>
      <Select
        label="Connection"
        data={connections}
        value={asked}
        onChange={(next) => {
          setConnection(next);
          look.reset();
        }}
      />
      {look.error !== null && <ErrorPanel error={look.error} />}
      {look.data !== undefined && <Found answer={look.data} />}
      {take.error !== null && <ErrorPanel error={take.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {look.data === undefined ? (
          <Button disabled={asked === null} loading={look.isPending} onClick={() => look.mutate()}>
            Look
          </Button>
        ) : (
          <Button disabled={fresh === 0} loading={take.isPending} onClick={() => take.mutate()}>
            Take over {fresh}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Takes over the budgets that an account keeps with AWS. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Import budgets from AWS" size={540}>
      {opened && <Import onClose={onClose} />}
    </Modal>
  );
}
