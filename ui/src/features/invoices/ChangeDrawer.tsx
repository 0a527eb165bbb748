import { ActionIcon, Button, Drawer, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { Invoice, InvoiceChange } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { readSigned, writeAmount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { change } from "./load";

const shape = z.object({
  purchaseOrder: z.string().trim().max(100, "At most 100 characters"),
  note: z.string().trim().max(2000, "At most 2,000 characters"),
  dueDays: z.string().regex(/^\d{1,3}$/, "A number of days"),
  lines: z.array(
    z.object({
      key: z.string(),
      text: z.string().trim().min(1, "What is it for?").max(300, "At most 300 characters"),
      amount: z.string().refine((typed) => readSigned(typed) !== undefined, "An amount"),
    }),
  ),
});
type Form = z.infer<typeof shape>;

let keys = 0;
function newLine(text = "", amount = "") {
  keys += 1;
  return { key: `line ${keys}`, text, amount };
}

/** The lines that a person added by hand. */
function formOf({ purchase_order, note, due_days, lines }: Invoice): Form {
  return {
    purchaseOrder: purchase_order ?? "",
    note: note ?? "",
    dueDays: String(due_days),
    lines: lines
      .filter((line) => line.kind === "one_off")
      .map((line) => newLine(line.text ?? "", writeAmount(line.amount))),
  };
}

function changeOf(form: Form): InvoiceChange {
  return {
    purchase_order: form.purchaseOrder.trim() || null,
    note: form.note.trim() || null,
    due_days: Number(form.dueDays),
    lines: form.lines.map(({ text, amount }) => ({ text: text.trim(), amount: readSigned(amount) ?? "" })),
  };
}

function Fields({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const cache = useQueryClient();
  const form = useForm<Form>({
    initialValues: formOf(invoice),
    validate: schemaResolver(shape, { sync: true }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (filled: Form) => change(invoice.id, changeOf(filled)),
    onSuccess: () => {
      void cache.invalidateQueries();
      const before = changeOf(formOf(invoice));
      showDone("The draft was changed", () => {
        change(invoice.id, before).finally(() => cache.invalidateQueries());
      });
      onClose();
    },
  });
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(filled))}>
      <Stack gap="md">
        <Group grow align="flex-start" gap="sm">
          <TextInput label="Purchase order" data-autofocus {...form.getInputProps("purchaseOrder")} />
          <TextInput label="Due after, days" inputMode="numeric" {...form.getInputProps("dueDays")} />
        </Group>
        <Textarea label="Note on the document" autosize minRows={2} {...form.getInputProps("note")} />
        <Stack gap={6}>
          <strong>Lines of your own</strong>
          {form.getValues().lines.map((line, at) => (
            <Group key={line.key} gap={6} align="flex-start" wrap="nowrap">
              <TextInput
                aria-label={`Text of line ${at + 1}`}
                placeholder="Setup, as agreed"
                flex={1}
                {...form.getInputProps(`lines.${at}.text`)}
              />
              <TextInput
                aria-label={`Amount of line ${at + 1}`}
                placeholder={invoice.currency}
                inputMode="decimal"
                w={120}
                {...form.getInputProps(`lines.${at}.amount`)}
              />
              <ActionIcon
                aria-label={`Remove line ${at + 1}`}
                onClick={() => form.removeListItem("lines", at)}
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            </Group>
          ))}
          <Button
            variant="subtle"
            style={{ alignSelf: "flex-start" }}
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => form.insertListItem("lines", newLine())}
          >
            Another line
          </Button>
          <span className="soft">An amount with a minus is a discount.</span>
        </Stack>
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ChangeDrawerProps = { invoice: Invoice; opened: boolean; onClose: () => void };

/** What a person adds to a draft: a purchase order, a note, when it is due, lines of their own. */
export function ChangeDrawer({ invoice, opened, onClose }: ChangeDrawerProps) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Change the draft">
      {opened && <Fields invoice={invoice} onClose={onClose} />}
    </Drawer>
  );
}
