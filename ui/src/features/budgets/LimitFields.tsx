import { Button, Group, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconBulb } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Suggestion } from "../../host/wire";
import { addMonths, monthOf, nameMonthBriefly, nameRange } from "../../shared/days";
import { formatMoney, writeAmount } from "../../shared/money";
import { Answer } from "../../shared/Waiting";
import styles from "./Budgets.module.css";
import { type BudgetForm, scopeOf } from "./draft";
import { type SuggestionAsk, suggestion } from "./load";

function Suggested({ found, onUse }: { found: Suggestion; onUse: () => void }) {
  return (
    <div className={styles.hint} role="status" aria-label="Suggestion">
      <Group justify="space-between" gap={8}>
        <strong>{formatMoney(found.amount, found.currency)}</strong>
        <Button variant="default" onClick={onUse}>
          Use it
        </Button>
      </Group>
      <div className="soft">{found.text}</div>
      {found.periods.length > 0 && (
        <div className="soft">
          {found.periods
            .slice(-6)
            .map((one) => `${nameRange(one.from, one.to)} ${formatMoney(one.amount, found.currency)}`)
            .join(" · ")}
        </div>
      )}
    </div>
  );
}

function Suggesting({ asked, onUse }: { asked: SuggestionAsk; onUse: (amount: string) => void }) {
  const query = useQuery(suggestion(asked));
  return (
    <Answer query={query}>
      {(found) => <Suggested found={found} onUse={() => onUse(writeAmount(found.amount))} />}
    </Answer>
  );
}

/** How much: one amount for each period, or twelve of them; history says what would be usual. */
export function LimitFields({ form }: { form: UseFormReturnType<BudgetForm> }) {
  const { period, planned, plan, starts, currency, metric, credits, tax } = form.getValues();
  const [asked, setAsked] = useState<SuggestionAsk>();
  const scope = scopeOf(form.getValues());
  const monthly = period === "month";
  return (
    <>
      {monthly && planned ? (
        <fieldset className={styles.fields}>
          <legend className={styles.legend}>Limit of each month, {currency}</legend>
          <div className={styles.plan}>
            {plan.map((_, at) => {
              const month = addMonths(monthOf(starts), at);
              return (
                <TextInput
                  key={month}
                  label={nameMonthBriefly(month)}
                  inputMode="decimal"
                  {...form.getInputProps(`plan.${at}`)}
                />
              );
            })}
          </div>
        </fieldset>
      ) : (
        <TextInput label={`Limit, ${currency}`} inputMode="decimal" {...form.getInputProps("amount")} />
      )}
      <Group justify="space-between" gap={8}>
        {monthly ? (
          <Switch label="A plan of twelve months" {...form.getInputProps("planned", { type: "checkbox" })} />
        ) : (
          <span />
        )}
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
            if (monthly && planned)
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
