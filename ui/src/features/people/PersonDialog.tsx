import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { z } from "zod";
import type { Person } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { addPerson, changePerson } from "./load";

const shape = z.object({
  name: z.string().trim().min(1, "A person needs a name").max(200, "At most 200 characters"),
  email: z.union([z.literal(""), z.email("This is no mail address")]),
});

type PersonDialogProps = { opened: boolean; onClose: () => void; person?: Person };

/** Adds a person or changes one. */
export function PersonDialog({ opened, onClose, person }: PersonDialogProps) {
  const cache = useQueryClient();
  const form = useForm({
    initialValues: { name: "", email: "" },
    validate: schemaResolver(shape, { sync: true }),
  });
  const { setValues, clearErrors } = form;
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (draft: { name: string; email: string }) =>
      person === undefined
        ? addPerson(draft)
        : changePerson(person.id, { name: draft.name.trim(), email: draft.email.trim() || null }),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      showDone(person === undefined ? `${saved.name} was added` : `${saved.name} was changed`);
      onClose();
    },
  });
  const { reset } = save;
  useEffect(() => {
    if (!opened) return;
    reset();
    clearErrors();
    setValues({ name: person?.name ?? "", email: person?.email ?? "" });
  }, [opened, person, reset, setValues, clearErrors]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={person === undefined ? "Add a person" : "Change a person"}
    >
      <form onSubmit={form.onSubmit((draft) => save.mutate(draft))}>
        <Stack gap="sm">
          <TextInput label="Name" data-autofocus {...form.getInputProps("name")} />
          <TextInput label="Email" placeholder="Optional" {...form.getInputProps("email")} />
          {save.error !== null && <ErrorPanel error={save.error} />}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {person === undefined ? "Add" : "Save"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
