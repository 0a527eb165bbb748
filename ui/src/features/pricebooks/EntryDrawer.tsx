import { Button, Checkbox, Drawer, Group, Select, Stack, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PriceBook, PriceEntryDraft } from "../../host/wire";
import { nameMonth } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { byName, useRecipients } from "../../shared/recipients";
import styles from "./Books.module.css";
import {
  draftOfForm,
  type EntryForm,
  formOf,
  KIND_NAMES,
  KINDS,
  shape,
  takesAmount,
  takesLabel,
  takesService,
} from "./draft";
import { draftOf, draftOfEntry, EVERYONE, preview, saveBook } from "./load";
import { PreviewTotals } from "./Preview";
import { TierFields } from "./TierFields";

type FieldsProps = { form: UseFormReturnType<EntryForm> };

/** For whom the price is; whoever was chosen stays to be seen, also when they are no longer billed. */
function Recipient({ form }: FieldsProps) {
  const { scope } = form.getValues();
  const known = [EVERYONE, ...useRecipients(byName)];
  const isKnown = known.some(({ items }) => items.some(({ value }) => value === scope));
  const others = [{ group: "Others", items: [{ value: scope, label: scope }] }];
  return (
    <Select
      label="For"
      data={isKnown ? known : [...known, ...others]}
      searchable
      {...form.getInputProps("scope")}
    />
  );
}

function Validity({ form }: FieldsProps) {
  return (
    <Group grow align="flex-start" gap="sm">
      <DatePickerInput
        label="From"
        placeholder="Always"
        clearable
        clearButtonProps={{ "aria-label": "Always" }}
        valueFormat="MMM D, YYYY"
        {...form.getInputProps("from")}
      />
      <DatePickerInput
        label="Until"
        placeholder="Without end"
        clearable
        clearButtonProps={{ "aria-label": "Without end" }}
        valueFormat="MMM D, YYYY"
        {...form.getInputProps("to")}
      />
    </Group>
  );
}

/** What the chosen kind of price needs to know. */
function Rule({ form, currency }: FieldsProps & { currency: string | null }) {
  const { kind } = form.getValues();
  return (
    <>
      {kind === "markup" && (
        <TextInput
          label="Percent"
          description="With a minus it is a discount"
          inputMode="decimal"
          w={200}
          {...form.getInputProps("percent")}
        />
      )}
      {kind === "tiers" && <TierFields form={form} currency={currency} />}
      {takesLabel(kind) && (
        <TextInput
          label="On the invoice"
          placeholder={kind === "credit" ? "Migration credit" : "Support, as agreed"}
          {...form.getInputProps("label")}
        />
      )}
      <Group grow align="flex-start" gap="sm">
        {takesAmount(kind) && (
          <TextInput
            label={`Amount, ${currency ?? "in the book's currency"}`}
            inputMode="decimal"
            {...form.getInputProps("amount")}
          />
        )}
        {kind === "usage" && (
          <Select
            label="Per"
            data={[
              { value: "gb_stored", label: "GB stored" },
              { value: "gb_moved", label: "GB moved" },
              { value: "user", label: "user" },
            ]}
            {...form.getInputProps("unit")}
          />
        )}
        {kind === "credit" && (
          <Select
            label="Given"
            data={[
              { value: "once", label: "once" },
              { value: "month", label: "each month" },
            ]}
            {...form.getInputProps("every")}
          />
        )}
        {kind === "one_off" && (
          <DatePickerInput label="On" valueFormat="MMM D, YYYY" {...form.getInputProps("day")} />
        )}
      </Group>
      {kind === "credit" && (
        <Checkbox
          label="What is left rolls over to the next month"
          {...form.getInputProps("rollsOver", { type: "checkbox" })}
        />
      )}
    </>
  );
}

type Editing = { book: PriceBook; at: number | undefined; month: string | undefined };

/** The book's entries with this one in its place. */
function placed({ book, at }: Editing, entry: PriceEntryDraft | undefined): PriceEntryDraft[] {
  const others = book.entries.map(draftOfEntry);
  if (at === undefined) return entry === undefined ? others : [...others, entry];
  return others.flatMap((one, index) => (index !== at ? [one] : entry === undefined ? [] : [entry]));
}

/** What the month would come to with the entry as it stands in the form. */
function Effect({ book, entries, month }: { book: PriceBook; entries: PriceEntryDraft[]; month: string }) {
  const query = useQuery(preview(book.id, month, "people", entries));
  return (
    <section className={styles.hint} aria-label={`${nameMonth(month)} with this price`}>
      {query.error !== null && <ErrorPanel error={query.error} />}
      {query.data === undefined && query.error === null && "Working it out…"}
      {query.data !== undefined && <PreviewTotals preview={query.data} />}
    </section>
  );
}

function Form({ onClose, ...editing }: Editing & { onClose: () => void }) {
  const { book, at, month } = editing;
  const cache = useQueryClient();
  const form = useForm<EntryForm>({
    initialValues: formOf(at === undefined ? undefined : book.entries[at]),
    validate: schemaResolver(shape, { sync: true }),
    onValuesChange: () => setTried(undefined),
  });
  const [tried, setTried] = useState<PriceEntryDraft[]>();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (entries: PriceEntryDraft[]) => saveBook(draftOf(book, entries), book.id),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone("The price book was changed", () => save.mutate(book.entries.map(draftOfEntry)));
      onClose();
    },
  });
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(placed(editing, draftOfForm(filled))))}>
      <Stack gap="md">
        <Recipient form={form} />
        <Select
          label="What"
          data={KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))}
          data-autofocus
          {...form.getInputProps("kind")}
        />
        <Rule form={form} currency={book.currency} />
        {takesService(form.getValues().kind) && (
          <TextInput
            label="Only for the service"
            placeholder="All services"
            description="As the bill names it, such as Amazon S3; * stands for anything"
            {...form.getInputProps("service")}
          />
        )}
        <Validity form={form} />
        {tried !== undefined && month !== undefined && <Effect book={book} entries={tried} month={month} />}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          {at !== undefined && (
            <Button
              variant="default"
              me="auto"
              onClick={() => save.mutate(placed(editing, undefined))}
              loading={save.isPending}
            >
              Remove
            </Button>
          )}
          {month !== undefined && (
            <Button
              variant="default"
              onClick={() => {
                if (!form.validate().hasErrors) setTried(placed(editing, draftOfForm(form.getValues())));
              }}
            >
              Try on {nameMonth(month)}
            </Button>
          )}
          <Button type="submit" loading={save.isPending}>
            {at === undefined ? "Add" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type EntryDrawerProps = Editing & { opened: boolean; onClose: () => void };

/** Adds a price to a book or changes one, and tries it on a month before it holds. */
export function EntryDrawer({ opened, onClose, ...editing }: EntryDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={560}
      title={editing.at === undefined ? "Add a price" : "Change a price"}
    >
      {opened && <Form {...editing} onClose={onClose} />}
    </Drawer>
  );
}
