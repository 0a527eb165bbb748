import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import type { Team } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { addTeam, changeTeam } from "./load";

type TeamDialogProps = { opened: boolean; onClose: () => void; team?: Team };

/** Names a team. */
export function TeamDialog({ opened, onClose, team }: TeamDialogProps) {
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => (team === undefined ? addTeam(name) : changeTeam(team.id, { name: name.trim() })),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      showDone(team === undefined ? `${saved.name} was added` : `The team is called ${saved.name} now`);
      onClose();
    },
  });
  const { reset } = save;
  useEffect(() => {
    if (!opened) return;
    reset();
    setName(team?.name ?? "");
  }, [opened, team, reset]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={team === undefined ? "Add a team" : "Rename the team"}>
      <form onSubmit={submit}>
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
              {team === undefined ? "Add" : "Save"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
