import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { addTeam } from "./load";

/** Adds a team. */
export function TeamDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: () => addTeam(name),
    onSuccess: (team) => {
      void cache.invalidateQueries();
      showDone(`${team.name} was added`);
      setName("");
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Add a team">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {add.error !== null && <ErrorPanel error={add.error} />}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending} disabled={name.trim() === ""}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
