import { ActionIcon, Button, Drawer, Group, Select, Stack, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TaxTable } from "../../host/wire";
import { countries, nameCountry } from "../../shared/countries";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { CATEGORIES, draftOf, formOf, newRate, shape, type TaxForm } from "./draft";
import { resetTaxTable, saveTaxTable } from "./load";
import styles from "./Taxes.module.css";

function Rates({ form }: { form: UseFormReturnType<TaxForm> }) {
  const { rates } = form.getValues();
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>Rates</legend>
      {rates.map((rate, at) => {
        // The first line's labels stand above all of them.
        const field = (name: string) => ({
          ...form.getInputProps(`rates.${at}.${name}`),
          classNames: { label: at === 0 ? "" : (styles.unseen ?? "") },
        });
        return (
          <div key={rate.key} className={styles.rate}>
            <Select label="Kind" data={[...CATEGORIES]} {...field("category")} />
            <TextInput label="Percent" inputMode="decimal" {...field("percent")} />
            <DatePickerInput label="From" placeholder="Always" valueFormat="MMM D, YYYY" {...field("from")} />
            <DatePickerInput
              label="Until"
              placeholder="Until now"
              clearable
              clearButtonProps={{ "aria-label": "Until now" }}
              valueFormat="MMM D, YYYY"
              {...field("to")}
            />
            <TextInput label="Region" placeholder="All regions" {...field("region")} />
            <ActionIcon aria-label={`Remove rate ${at + 1}`} onClick={() => form.removeListItem("rates", at)}>
              <IconTrash size={15} aria-hidden="true" />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        mt={8}
        variant="subtle"
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => form.insertListItem("rates", newRate())}
      >
        Another rate
      </Button>
    </fieldset>
  );
}

function Form({ table, onClose }: { table: TaxTable | undefined; onClose: () => void }) {
  const cache = useQueryClient();
  const form = useForm<TaxForm>({
    initialValues: formOf(table),
    validate: schemaResolver(shape, { sync: true }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (filled: TaxForm) => saveTaxTable(filled.country ?? "", draftOf(filled)),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      showDone(
        `The taxes of ${nameCountry(saved.country)} were saved`,
        table === undefined ? undefined : () => save.mutate(formOf(table)),
      );
      onClose();
    },
  });
  const reset = useMutation({
    mutationFn: resetTaxTable,
    onSuccess: (_, country) => {
      void cache.invalidateQueries();
      showDone(
        `The taxes of ${nameCountry(country)} are the program's own again`,
        table === undefined ? undefined : () => save.mutate(formOf(table)),
      );
      onClose();
    },
  });
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(filled))}>
      <Stack gap="md">
        {table === undefined && (
          <Select
            label="Country"
            data={countries()}
            searchable
            data-autofocus
            {...form.getInputProps("country")}
          />
        )}
        <Rates form={form} />
        <TextInput
          label="Where it is from"
          placeholder="The tax office's page, and the day you looked"
          {...form.getInputProps("source")}
        />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          {table?.own && (
            <Button
              variant="default"
              me="auto"
              loading={reset.isPending}
              onClick={() => reset.mutate(table.country)}
            >
              Take the program's own
            </Button>
          )}
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

type TaxDrawerProps = { opened: boolean; table: TaxTable | undefined; onClose: () => void };

/** The rates of a country, each with its days; what was issued keeps the rate it had. */
export function TaxDrawer({ opened, table, onClose }: TaxDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={760}
      title={table === undefined ? "Add a country" : `Taxes of ${nameCountry(table.country)}`}
    >
      {opened && <Form table={table} onClose={onClose} />}
    </Drawer>
  );
}
