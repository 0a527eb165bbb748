import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "../../../shared/ErrorPanel";

type NameDialogProps = {
  title: string;
  label: string;
  /** What the button says. */
  deed: string;
  name?: string;
  onName: (name: string) => Promise<void>;
  onClose: () => void;
};

/** Asks for a name, and stays until it could be given. */
export function NameDialog({ title, label, deed, name: before = "", onName, onClose }: NameDialogProps) {
  const [name, setName] = useState(before);
  const give = useMutation({
    meta: { quiet: true },
    mutationFn: () => onName(name.trim()),
    onSuccess: onClose,
  });
  const same = name.trim() === "" || name.trim() === before;
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={label}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {give.error !== null && <ErrorPanel error={give.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={give.isPending} disabled={same}>
              {deed}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
