import { Button, Drawer, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Buyer } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { PAPER_LANGUAGES } from "../../shared/languages";
import { showDone } from "../../shared/notices";
import { PartyFields } from "../../shared/PartyFields";
import { byNumber, useRecipients } from "../../shared/recipients";
import { type BuyerForm, ELECTRONIC, formOf, shape, TREATMENTS, termsOf } from "./draft";
import { deleteBuyer, nameOf, saveBuyer } from "./load";

type FieldsProps = { form: UseFormReturnType<BuyerForm> };

/** Whose invoices go to this address. */
function Whose({ form }: FieldsProps) {
  return (
    <Select
      label="Invoices of"
      placeholder="A client, a team or a person"
      data={useRecipients(byNumber)}
      searchable
      data-autofocus
      {...form.getInputProps("of")}
    />
  );
}

function Terms({ form }: FieldsProps) {
  return (
    <>
      <Textarea
        label="Invoices are sent to"
        description="One mail address a line"
        autosize
        minRows={1}
        {...form.getInputProps("emails")}
      />
      <Select
        label="As an electronic invoice"
        placeholder="The PDF alone"
        clearable
        data={[...ELECTRONIC]}
        {...form.getInputProps("electronic")}
      />
      <Group grow align="flex-start" gap="sm">
        <TextInput label="Purchase order" {...form.getInputProps("purchaseOrder")} />
        <TextInput
          label="Due after, days"
          placeholder="As in the settings"
          inputMode="numeric"
          {...form.getInputProps("paymentDays")}
        />
        <Select
          label="Language"
          placeholder="As in the settings"
          clearable
          data={[...PAPER_LANGUAGES]}
          {...form.getInputProps("language")}
        />
        <TextInput label="Currency" placeholder="As it costs" {...form.getInputProps("currency")} />
      </Group>
      <Select
        label="Tax"
        description="By the countries and tax ids of both sides, unless said otherwise here"
        placeholder="By the tax tables"
        clearable
        data={[...TREATMENTS]}
        {...form.getInputProps("category")}
      />
      {form.getValues().category !== null && (
        <TextInput
          label="Reason on the invoice"
          placeholder="As the law has it"
          {...form.getInputProps("reason")}
        />
      )}
    </>
  );
}

function Form({ buyer, onClose }: { buyer: Buyer | undefined; onClose: () => void }) {
  const cache = useQueryClient();
  const form = useForm<BuyerForm>({
    initialValues: formOf(buyer),
    validate: schemaResolver(shape, { sync: true }),
  });
  const restore = useMutation({
    mutationFn: (before: Buyer) => saveBuyer(before.id, termsOf(formOf(before))),
    onSettled: () => cache.invalidateQueries(),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (filled: BuyerForm) => saveBuyer(filled.of ?? "", termsOf(filled)),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      showDone(
        `${nameOf(saved)} ${buyer === undefined ? "was added" : "was changed"}; drafts made from now on say so`,
      );
      onClose();
    },
  });
  const remove = useMutation({
    meta: { quiet: true },
    mutationFn: (gone: Buyer) => deleteBuyer(gone.id),
    onSuccess: (_, gone) => {
      void cache.invalidateQueries();
      showDone(`${nameOf(gone)} is gone; what was issued stays`, () => restore.mutate(gone));
      onClose();
    },
  });
  const fault = save.error ?? remove.error;
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(filled))}>
      <Stack gap="md">
        {buyer === undefined && <Whose form={form} />}
        <PartyFields form={form} />
        <Terms form={form} />
        {fault !== null && <ErrorPanel error={fault} />}
        <Group justify="flex-end">
          {buyer !== undefined && (
            <Button
              variant="default"
              me="auto"
              loading={remove.isPending}
              onClick={() => remove.mutate(buyer)}
            >
              Remove
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {buyer === undefined ? "Add" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type BuyerDrawerProps = { opened: boolean; buyer: Buyer | undefined; onClose: () => void };

/** Who is billed: the name, address, tax id and terms that stand on the invoice. */
export function BuyerDrawer({ opened, buyer, onClose }: BuyerDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={560}
      title={buyer === undefined ? "Add a buyer" : `Change ${nameOf(buyer)}`}
    >
      {opened && <Form buyer={buyer} onClose={onClose} />}
    </Drawer>
  );
}
