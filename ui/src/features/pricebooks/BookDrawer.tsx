import { Button, Drawer, Group, MultiSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { PriceBook } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { byName, useRecipients } from "../../shared/recipients";
import { draftOf, EVERYONE, saveBook, writeScope } from "./load";

const shape = z.object({
  name: z.string().trim().min(1, "A price book needs a name").max(200, "At most 200 characters"),
  note: z.string(),
  currency: z
    .string()
    .trim()
    .regex(/^([A-Z]{3})?$/, "Such as USD"),
  usedFor: z.array(z.string()),
});
type Form = z.infer<typeof shape>;

function Fields({ book, onClose }: { book: PriceBook | undefined; onClose: (saved?: PriceBook) => void }) {
  const cache = useQueryClient();
  const recipients = useRecipients(byName);
  const form = useForm<Form>({
    initialValues: {
      name: book?.name ?? "",
      note: book?.note ?? "",
      currency: book?.currency ?? "",
      usedFor: book?.used_for.map(writeScope) ?? [],
    },
    validate: schemaResolver(shape, { sync: true }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ name, note, currency, usedFor }: Form) =>
      saveBook(
        {
          name: name.trim(),
          note: note.trim() || null,
          currency: currency.trim() || null,
          used_for: usedFor,
          entries: book === undefined ? [] : draftOf(book).entries,
        },
        book?.id,
      ),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      showDone(
        book === undefined ? `${saved.name} was created; add its prices` : `${saved.name} was changed`,
      );
      onClose(saved);
    },
  });
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(filled))}>
      <Stack gap="md">
        <TextInput label="Name" data-autofocus {...form.getInputProps("name")} />
        <MultiSelect
          label="Used for"
          description="Whoever stands nearest wins: a person's book before the team's, that before the client's"
          placeholder={form.getValues().usedFor.length === 0 ? "Nobody yet" : ""}
          data={[EVERYONE, ...recipients]}
          searchable
          clearable
          {...form.getInputProps("usedFor")}
        />
        <TextInput
          label="Currency of its amounts"
          description="Needed for fees, minimums and credits; percentages do without"
          placeholder="USD"
          w={200}
          {...form.getInputProps("currency")}
        />
        <Textarea label="Note" placeholder="Optional" autosize minRows={1} {...form.getInputProps("note")} />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onClose()}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {book === undefined ? "Create" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type BookDrawerProps = { opened: boolean; book?: PriceBook; onClose: (saved?: PriceBook) => void };

/** Names a price book and says whom it is for. */
export function BookDrawer({ opened, book, onClose }: BookDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={() => onClose()}
      title={book === undefined ? "New price book" : `Change ${book.name}`}
    >
      {opened && <Fields book={book} onClose={onClose} />}
    </Drawer>
  );
}
