import {
  Button,
  Checkbox,
  Drawer,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { MonthPickerInput } from "@mantine/dates";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Budget, BudgetDetail } from "../../host/wire";
import { channels } from "../../shared/alerts";
import { budgets, namePeriod } from "../../shared/budgets";
import { firstDay, monthOf, today } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import styles from "./Budgets.module.css";
import { type BudgetForm, draftOf, emptyForm, formOf, shape } from "./draft";
import { LimitFields } from "./LimitFields";
import { archiveBudget, saveBudget } from "./load";
import { ScopeFields } from "./ScopeFields";
import { ThresholdFields } from "./ThresholdFields";

type FieldsProps = { form: UseFormReturnType<BudgetForm> };

function Measure({ form }: FieldsProps) {
  return (
    <Stack gap={8}>
      <Group gap="sm">
        <SegmentedControl
          aria-label="Amount"
          data={[
            { value: "billed", label: "Billed" },
            { value: "effective", label: "Effective" },
          ]}
          {...form.getInputProps("metric")}
        />
        <Checkbox label="with credits" {...form.getInputProps("credits", { type: "checkbox" })} />
        <Checkbox label="with tax" {...form.getInputProps("tax", { type: "checkbox" })} />
      </Group>
      <span className="soft" style={{ fontSize: "var(--mantine-font-size-sm)" }}>
        Without them the limit is held against what was used; both figures are shown.
      </span>
    </Stack>
  );
}

function Recipients({ form }: FieldsProps) {
  const query = useQuery(channels);
  const others = (query.data ?? []).filter((one) => one.kind !== "popup");
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>Tell by</legend>
      <Stack gap={6}>
        <Checkbox label="A popup on this desktop, and the inbox" checked disabled />
        <Checkbox.Group {...form.getInputProps("channels")}>
          <Stack gap={6}>
            {others.map((one) => (
              <Checkbox
                key={one.id}
                value={String(one.id)}
                label={one.enabled ? one.name : `${one.name} (switched off)`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {query.data !== undefined && others.length === 0 && (
          <span className="soft">
            Mail, Slack, Teams, webhooks and SMS are set up under Alerts → Channels.
          </span>
        )}
      </Stack>
    </fieldset>
  );
}

function Parent({ form, before }: FieldsProps & { before: BudgetDetail | undefined }) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const query = useQuery({ ...budgets({ search, limit: 50 }), placeholderData: keepPreviousData });
  const { currency } = form.getValues();
  const found = (query.data?.budgets ?? []).filter(
    (one) => one.id !== before?.id && one.id !== before?.above?.id && one.currency === currency,
  );
  // The one that it is a part of stays to choose, whatever is searched.
  const possible = before?.above == null ? found : [before.above, ...found];
  if (possible.length === 0 && typed === "") return null;
  return (
    <Select
      label="Part of"
      description="A child's spending is counted once in its parent"
      placeholder="Stands by itself"
      clearable
      searchable
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage="No budget by that name"
      data={possible.map((one) => ({ value: String(one.id), label: one.name }))}
      {...form.getInputProps("parent")}
    />
  );
}

function Form({ budget, onClose }: { budget: BudgetDetail | undefined; onClose: (saved?: Budget) => void }) {
  const cache = useQueryClient();
  const known = useQuery(budgets({ limit: 1 }));
  const [initial] = useState(() =>
    budget === undefined
      ? emptyForm(monthOf(today()), known.data?.budgets[0]?.currency ?? "USD")
      : formOf(budget),
  );
  const form = useForm<BudgetForm>({
    initialValues: initial,
    validate: schemaResolver(shape, { sync: true }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (filled: BudgetForm) => saveBudget(draftOf(filled), budget?.id),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      if (budget === undefined) {
        showDone(`${saved.name} was set`, () => {
          archiveBudget(saved.id).finally(() => cache.invalidateQueries());
        });
      } else {
        const before = draftOf(initial);
        showDone(`${saved.name} was changed`, () => {
          saveBudget(before, saved.id).finally(() => cache.invalidateQueries());
        });
      }
      onClose(saved);
    },
  });
  const { period, starts } = form.getValues();
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(filled))}>
      <Stack gap="md">
        <TextInput label="Name" data-autofocus {...form.getInputProps("name")} />
        <ScopeFields form={form} />
        <Group grow align="flex-start" gap="sm">
          <Select
            label="Period"
            data={(["day", "month", "quarter", "year"] as const).map((one) => ({
              value: one,
              label: namePeriod(one),
            }))}
            {...form.getInputProps("period")}
          />
          <TextInput label="Currency" {...form.getInputProps("currency")} />
          <MonthPickerInput
            label="From"
            value={starts}
            valueFormat="MMM YYYY"
            onChange={(day) => day !== null && form.setFieldValue("starts", firstDay(monthOf(day)))}
          />
        </Group>
        <LimitFields form={form} />
        <Measure form={form} />
        <Parent form={form} before={budget} />
        <ThresholdFields form={form} />
        <Recipients form={form} />
        <Textarea
          label="Note"
          placeholder={period === "year" ? "Approved by the board" : "Optional"}
          autosize
          minRows={1}
          {...form.getInputProps("note")}
        />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onClose()}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {budget === undefined ? "Set the budget" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type BudgetDrawerProps = { opened: boolean; budget?: BudgetDetail; onClose: (saved?: Budget) => void };

/** Sets a budget or changes one. */
export function BudgetDrawer({ opened, budget, onClose }: BudgetDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={() => onClose()}
      size={560}
      title={budget === undefined ? "Set a budget" : `Change ${budget.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {opened && <Form budget={budget} onClose={onClose} />}
    </Drawer>
  );
}
