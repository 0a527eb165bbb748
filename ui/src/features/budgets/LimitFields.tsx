import { Button, Group, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconBulb } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Suggestion } from "../../host/wire";
import { nameMonthOfYear, nameRangeBriefly } from "../../shared/days";
import { formatMoney, writeAmount } from "../../shared/money";
import { Answer } from "../../shared/Waiting";
import styles from "./Budgets.module.css";
import { type BudgetForm, scopeOf } from "./draft";
import { type SuggestionAsk, suggestion } from "./load";

function Suggested({ found, onUse }: { found: Suggestion; onUse: (amount: string) => void }) {
  const { amount, currency, periods, text } = found;
  return (
    <div className={styles.hint} role="status" aria-label="Suggestion">
      {amount !== null && (
        <Group justify="space-between" gap={8}>
          <strong>{formatMoney(amount, currency)}</strong>
          <Button variant="default" onClick={() => onUse(writeAmount(amount))}>
            Use it
          </Button>
        </Group>
      )}
      <div className="soft">{text}</div>
      {periods.length > 0 && (
        <div className="soft">
          {periods
            .slice(-6)
            .map((one) => `${nameRangeBriefly(one.from, one.to)} ${formatMoney(one.amount, currency)}`)
            .join(" · ")}
        </div>
      )}
    </div>
  );
}

function Suggesting({ asked, onUse }: { asked: SuggestionAsk; onUse: (amount: string) => void }) {
  const query = useQuery(suggestion(asked));
  return <Answer query={query}>{(found) => <Suggested found={found} onUse={onUse} />}</Answer>;
}

/** How much: one amount for each period, or one for each month of the year; history says what is usual. */
export function LimitFields({ form }: { form: UseFormReturnType<BudgetForm> }) {
  const { period, planned, plan, currency, metric, credits, tax } = form.getValues();
  const [asked, setAsked] = useState<SuggestionAsk>();
  const scope = scopeOf(form.getValues());
  return (
    <>
      {planned ? (
        <fieldset className={styles.fields}>
          <legend className={styles.legend}>Limit of each month, {currency}</legend>
          <div className={styles.plan}>
            {plan.map((_, at) => (
              <TextInput
                // biome-ignore lint/suspicious/noArrayIndexKey: the months of a year keep their places
                key={at}
                label={nameMonthOfYear(at)}
                inputMode="decimal"
                {...form.getInputProps(`plan.${at}`)}
              />
            ))}
          </div>
        </fieldset>
      ) : (
        <TextInput label={`Limit, ${currency}`} inputMode="decimal" {...form.getInputProps("amount")} />
      )}
      <Group justify="space-between" gap={8}>
        <Switch
          label="A plan of twelve months"
          {...(period === "quarter" || period === "year"
            ? { description: "A quarter and a year have the sum of their months" }
            : {})}
          {...form.getInputProps("planned", { type: "checkbox" })}
        />
        <Button
          variant="subtle"
          leftSection={<IconBulb size={15} aria-hidden="true" />}
          disabled={scope === undefined}
          onClick={() =>
            scope !== undefined &&
            setAsked({ scope, period, metric, currency: currency.trim(), credits, tax })
          }
        >
          Suggest from history
        </Button>
      </Group>
      {asked !== undefined && (
        <Suggesting
          asked={asked}
          onUse={(amount) => {
            if (planned)
              form.setFieldValue(
                "plan",
                plan.map((typed) => typed.trim() || amount),
              );
            else form.setFieldValue("amount", amount);
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}
