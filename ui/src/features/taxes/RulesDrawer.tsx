import { ActionIcon, Button, Drawer, Group, Select, Stack, TextInput } from "@mantine/core";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TaxRule } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { saveTaxRules } from "./load";
import { LINES, newRule, type RulesForm, rulesOf, shape, TREATMENTS } from "./rules";
import styles from "./Taxes.module.css";

type RuleProps = { form: UseFormReturnType<RulesForm>; at: number; count: number };

function Rule({ form, at, count }: RuleProps) {
  const field = (name: string) => form.getInputProps(`rules.${at}.${name}`);
  const move = (to: number) => form.reorderListItem("rules", { from: at, to });
  return (
    <section className={styles.rule} aria-label={`Rule ${at + 1}`}>
      <strong className={styles.ordinal}>{at + 1}.</strong>
      <Select label="For" data={[...LINES]} allowDeselect={false} {...field("lines")} />
      {form.getValues().rules[at]?.lines === "service" && (
        <TextInput
          label="Named"
          placeholder="AWS Support*"
          description="* and ? stand for any letters"
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...field("service")}
        />
      )}
      <Select
        className={styles.treatment ?? ""}
        label="Taxed"
        data={[...TREATMENTS]}
        allowDeselect={false}
        {...field("category")}
      />
      <TextInput
        className={styles.reason ?? ""}
        label="Why, in words for the buyer"
        placeholder="Exempt under section 4 no. 8 of the VAT act"
        {...field("reason")}
      />
      <Group gap={2} wrap="nowrap" className={styles.deeds ?? ""}>
        <ActionIcon aria-label={`Move rule ${at + 1} up`} disabled={at === 0} onClick={() => move(at - 1)}>
          <IconArrowUp size={15} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          aria-label={`Move rule ${at + 1} down`}
          disabled={at === count - 1}
          onClick={() => move(at + 1)}
        >
          <IconArrowDown size={15} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon aria-label={`Remove rule ${at + 1}`} onClick={() => form.removeListItem("rules", at)}>
          <IconTrash size={15} aria-hidden="true" />
        </ActionIcon>
      </Group>
    </section>
  );
}

function Form({ rules, onClose }: { rules: TaxRule[]; onClose: () => void }) {
  const cache = useQueryClient();
  const form = useForm<RulesForm>({
    initialValues: { rules: rules.length === 0 ? [newRule()] : rules.map(newRule) },
    validate: schemaResolver(shape, { sync: true }),
  });
  const shown = form.getValues().rules;
  const undo = useMutation({ mutationFn: saveTaxRules, onSettled: () => cache.invalidateQueries() });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: saveTaxRules,
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone("Lines are taxed like that from the next draft on", () => undo.mutate(rules));
      onClose();
    },
  });
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(rulesOf(filled)))}>
      <Stack gap="md">
        <p className="soft">
          Asked where the usual rate of your country would be charged; the first that fits a line counts. An
          invoice across a border, or to a buyer whose taxes you set, is taxed as a whole.
        </p>
        {shown.map((rule, at) => (
          <Rule key={rule.key} form={form} at={at} count={shown.length} />
        ))}
        <Button
          variant="subtle"
          style={{ alignSelf: "start" }}
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => form.insertListItem("rules", newRule())}
        >
          {shown.length === 0 ? "A rule" : "Another rule"}
        </Button>
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

type RulesDrawerProps = { opened: boolean; rules: TaxRule[]; onClose: () => void };

/** Which lines are not taxed at the usual rate, in the order in which that is asked. */
export function RulesDrawer({ opened, rules, onClose }: RulesDrawerProps) {
  return (
    <Drawer opened={opened} onClose={onClose} size={760} title="Lines taxed otherwise">
      {opened && <Form rules={rules} onClose={onClose} />}
    </Drawer>
  );
}
