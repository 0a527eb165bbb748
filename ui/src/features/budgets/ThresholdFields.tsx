import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import styles from "./Budgets.module.css";
import { type BudgetForm, newThreshold } from "./draft";

/** When somebody is told: heights in percent or money, of what is spent or of what is expected. */
export function ThresholdFields({ form }: { form: UseFormReturnType<BudgetForm> }) {
  const { thresholds } = form.getValues();
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>Tell me at</legend>
      {thresholds.map((one, at) => (
        <div key={one.key} className={styles.threshold}>
          <TextInput
            aria-label={`Height of threshold ${at + 1}`}
            inputMode="decimal"
            {...form.getInputProps(`thresholds.${at}.height`)}
          />
          <Select
            aria-label={`Unit of threshold ${at + 1}`}
            data={[
              { value: "percent", label: "%" },
              { value: "amount", label: form.getValues().currency || "money" },
            ]}
            {...form.getInputProps(`thresholds.${at}.unit`)}
          />
          <Select
            className={styles.measure ?? ""}
            aria-label={`Measure of threshold ${at + 1}`}
            data={[
              { value: "actual", label: "spent" },
              { value: "forecast", label: "expected by the end" },
            ]}
            {...form.getInputProps(`thresholds.${at}.on`)}
          />
          <ActionIcon
            aria-label={`Remove threshold ${at + 1}`}
            onClick={() => form.removeListItem("thresholds", at)}
          >
            <IconTrash size={15} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Button
        mt={8}
        variant="subtle"
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => form.insertListItem("thresholds", newThreshold("90", "actual"))}
      >
        Another threshold
      </Button>
      {thresholds.length === 0 && (
        <p className="soft">Without a threshold nobody is told; the bar still shows how it stands.</p>
      )}
    </fieldset>
  );
}
