import { ActionIcon, Button, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import styles from "./Books.module.css";
import { type EntryForm, newTier } from "./draft";

/** Steps of a month's costs, each with its own percentage; the last has no end. */
export function TierFields({
  form,
  currency,
}: {
  form: UseFormReturnType<EntryForm>;
  currency: string | null;
}) {
  const { tiers } = form.getValues();
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>
        Percent by what the month cost, {currency ?? "book's currency"}
      </legend>
      {tiers.map((one, at) => {
        const last = at === tiers.length - 1;
        return (
          <div key={one.key} className={styles.tier}>
            <TextInput
              aria-label={`Tier ${at + 1} up to`}
              placeholder={last ? "beyond" : "up to"}
              inputMode="decimal"
              disabled={last}
              {...form.getInputProps(`tiers.${at}.upTo`)}
            />
            <TextInput
              aria-label={`Percent of tier ${at + 1}`}
              placeholder="%"
              inputMode="decimal"
              {...form.getInputProps(`tiers.${at}.percent`)}
            />
            {tiers.length > 1 && (
              <ActionIcon
                aria-label={`Remove tier ${at + 1}`}
                onClick={() => form.removeListItem("tiers", at)}
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            )}
          </div>
        );
      })}
      <Button
        mt={8}
        variant="subtle"
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => form.insertListItem("tiers", newTier(), Math.max(0, tiers.length - 1))}
      >
        Another tier
      </Button>
      <p className="soft" style={{ margin: "6px 0 0" }}>
        Each part of the month's costs has the percentage of the tier it falls into.
      </p>
    </fieldset>
  );
}
