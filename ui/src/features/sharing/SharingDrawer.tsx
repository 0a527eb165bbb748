import {
  Button,
  Drawer,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
} from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SharingRule } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { nameOwner, OwnerSelect, useOwners } from "../../shared/OwnerSelect";
import {
  draftOf,
  emptyForm,
  equal,
  formOf,
  METHODS,
  type Method,
  ownerText,
  receivers,
  type SharingForm,
  together,
} from "./draft";
import { deleteSharing, saveSharing, sharing } from "./load";
import { Preview } from "./Preview";
import styles from "./Sharing.module.css";

type FieldsProps = { form: SharingForm; set: (part: Partial<SharingForm>) => void };

/** Who takes part, and the pot that does so as the last. */
function Takers({ form, set, rule }: FieldsProps & { rule: SharingRule | undefined }) {
  const owners = useOwners(form.takers);
  const rules = useQuery(sharing);
  const others = (rules.data ?? []).filter((one) => one.id !== rule?.id).map((one) => ownerText(one.pot));
  const free = owners
    .map(({ group, items }) => ({
      group,
      items: items.filter(({ value }) => value !== form.pot && !others.includes(value)),
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <>
      <MultiSelect
        label="Among"
        placeholder={form.takers.length === 0 ? "People and teams" : undefined}
        data={free}
        value={form.takers}
        onChange={(takers) => set({ takers })}
        searchable
        nothingFoundMessage="Nobody by that name"
        maxDropdownHeight={260}
      />
      {others.length > 0 && (
        <Select
          label="And on to another pot"
          description="What that pot gets, it spreads by its own rule"
          placeholder="None"
          clearable
          data={others
            .filter((pot) => pot !== form.pot)
            .map((pot) => ({ value: pot, label: nameOwner(pot) }))}
          value={form.onward}
          onChange={(onward) => set({ onward })}
        />
      )}
    </>
  );
}

function Shares({ form, set }: FieldsProps) {
  const all = receivers(form);
  if (form.method !== "fixed" || all.length === 0) return null;
  const { percent, isWhole } = together(all.map((owner) => form.percents[owner] ?? ""));
  return (
    <fieldset className={styles.shares}>
      <legend className={styles.legend}>Shares in percent</legend>
      {all.map((owner) => (
        <div key={owner} className={styles.share}>
          <span className="elide" title={nameOwner(owner)}>
            {nameOwner(owner)}
          </span>
          <TextInput
            aria-label={`Share of ${nameOwner(owner)} in percent`}
            inputMode="decimal"
            rightSection="%"
            value={form.percents[owner] ?? ""}
            onChange={(event) => set({ percents: { ...form.percents, [owner]: event.currentTarget.value } })}
          />
        </div>
      ))}
      <Group justify="space-between" gap={8}>
        <span className={isWhole ? styles.sum : styles.wrong} role="status">
          {percent} % of 100 %
        </span>
        <Button variant="default" size="xs" onClick={() => set({ percents: equal(all) })}>
          Equal shares
        </Button>
      </Group>
    </fieldset>
  );
}

type FormProps = { rule: SharingRule | undefined; month: string | undefined; onClose: () => void };

function Form({ rule, month, onClose }: FormProps) {
  const cache = useQueryClient();
  const done = () => cache.invalidateQueries();
  const [form, setForm] = useState<SharingForm>(() => (rule === undefined ? emptyForm : formOf(rule)));
  const set = (part: Partial<SharingForm>) => setForm((before) => ({ ...before, ...part }));
  const draft = draftOf(form);
  const [shown] = useDebouncedValue(draft, 350);
  const shares = together(receivers(form).map((owner) => form.percents[owner] ?? ""));
  const ready = draft !== undefined && (form.method !== "fixed" || shares.isWhole);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: async () => (draft === undefined ? undefined : saveSharing(draft, rule?.id)),
    onSuccess: (saved) => {
      void done();
      if (saved !== undefined) {
        const before = rule === undefined ? undefined : draftOf(formOf(rule));
        showDone(`What ${saved.pot.label} owns is shared`, () => {
          const undone = before === undefined ? deleteSharing(saved.id) : saveSharing(before, saved.id);
          undone.finally(done);
        });
      }
      onClose();
    },
  });
  // What is saved would be looked at as if it came on top of itself.
  const saved = save.isPending || save.isSuccess;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <OwnerSelect
          label="What is owned by"
          value={form.pot}
          onChange={(pot) => set({ pot, takers: form.takers.filter((taker) => taker !== pot) })}
        />
        <div>
          <div className={styles.legend}>is shared</div>
          <SegmentedControl
            aria-label="How it is shared"
            fullWidth
            data={METHODS.map(({ value, label }) => ({ value, label }))}
            value={form.method}
            onChange={(method) =>
              set({
                method: method as Method,
                percents: Object.keys(form.percents).length === 0 ? equal(receivers(form)) : form.percents,
              })
            }
          />
        </div>
        <Takers form={form} set={set} rule={rule} />
        <Shares form={form} set={set} />
        <TextInput
          label="Note"
          placeholder="Optional: why"
          value={form.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        {ready && !saved && shown !== undefined && month !== undefined && (
          <Preview draft={shown} month={month} replaces={rule?.id} />
        )}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            {rule === undefined ? "Share" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type SharingDrawerProps = FormProps & { opened: boolean };

/** Says how what an owner owns is shared, or changes that. */
export function SharingDrawer({ opened, ...rest }: SharingDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={rest.onClose}
      size={560}
      title={rest.rule === undefined ? "Share a cost" : `Change how ${rest.rule.pot.label} is shared`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {opened && <Form key={rest.rule?.id ?? "new"} {...rest} />}
    </Drawer>
  );
}
