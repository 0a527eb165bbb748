import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Quarantined } from "../../host/wire";
import { nameDay, nameMonth } from "../../shared/days";
import { type Bell, useBell } from "../../shared/door-bell";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatMoney } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { quarantine } from "../../shared/queries";
import { release } from "./load";

/** Releases a held-back period by hand: what was expected, what came, and why one believes it. */
export function ReleaseDialog() {
  const [id, setId] = useState<number>();
  const held = useQuery({ ...quarantine, enabled: id !== undefined });
  const item = held.data?.find((one) => one.id === id);
  useBell(
    "release",
    useCallback((bell: Extract<Bell, { open: "release" }>) => setId(bell.id), []),
  );
  const close = () => setId(undefined);
  return (
    <Modal opened={item !== undefined} onClose={close} title="Release from quarantine" size={500}>
      {item !== undefined && <Form key={item.id} item={item} onClose={close} />}
    </Modal>
  );
}

function Form({ item, onClose }: { item: Quarantined; onClose: () => void }) {
  const cache = useQueryClient();
  const [note, setNote] = useState("");
  const run = useMutation({
    meta: { quiet: true },
    mutationFn: () => release(item.id, note),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(`${nameMonth(item.period)} of ${item.client} was released`);
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <Stack gap="md">
        <div>
          <Text size="sm" fw={600}>
            {item.client} · {item.billing_account} · {nameMonth(item.period)}
          </Text>
          <Text size="sm" mt={4}>
            {item.text}
          </Text>
        </div>
        <Text size="sm">
          Expected about {formatMoney(item.expected, item.currency)}
          {item.day !== null && ` on ${nameDay(item.day)}`}. Came:{" "}
          <strong>{formatMoney(item.actual, item.currency)}</strong>. Once released, it counts for invoices
          and alerts.
        </Text>
        <Textarea
          label="Why these figures are right"
          description="Kept in the audit trail with your name"
          placeholder="Checked with AWS: a new commitment was bought"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          autosize
          minRows={2}
          data-autofocus
        />
        {run.error !== null && <ErrorPanel error={run.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep it held back
          </Button>
          <Button type="submit" loading={run.isPending} disabled={note.trim() === ""}>
            Release
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
