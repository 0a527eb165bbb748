import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Client } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { addClient, renameClient } from "./load";

type ClientDialogProps = { opened: boolean; onClose: () => void; client?: Client };

/** Names a client. */
export function ClientDialog({ opened, onClose, client }: ClientDialogProps) {
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => (client === undefined ? addClient(name) : renameClient(client.id, name)),
    onSuccess: () => {
      void cache.invalidateQueries();
      onClose();
    },
  });
  const { reset } = save;
  useEffect(() => {
    if (!opened) return;
    reset();
    setName(client?.name ?? "");
  }, [opened, client, reset]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={client === undefined ? "Add a client" : "Rename the client"}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {save.error !== null && <ErrorPanel error={save.error} />}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
