import type { Band, Budget } from "../host/wire";
import styles from "./BudgetBar.module.css";
import { nameThreshold, nameUsed, stateOf } from "./budgets";
import { formatMoney, largest, portion } from "./money";

/** The longest amount does not touch the end. */
const ROOM = 0.097;

type SpendBarProps = {
  /** What it says, for those who do not see it. */
  said: string;
  actual: string;
  limit?: string | undefined;
  forecast: Band | null;
  /** Where somebody is told: in percent of the limit, or an amount. */
  ticks?: { key: number; percent: number | null; amount: string | null; title: string }[];
  tone?: "near" | "over" | undefined;
  tall?: boolean | undefined;
};

/** What is spent, what is expected and how sure that is, and what may be spent if that is known. */
export function SpendBar({ said, actual, limit, forecast, ticks = [], tone, tall }: SpendBarProps) {
  const whole = largest([limit ?? "0", actual, forecast?.high80 ?? "0"]);
  // Lengths on the screen, in percent of the bar.
  const at = (amount: string) => Math.min(100, portion(amount, whole) * ROOM);
  const top = limit === undefined ? undefined : at(limit);
  return (
    <span
      role="img"
      aria-label={said}
      title={said}
      className={`${styles.bar} ${tall ? styles.tall : ""} ${tone === undefined ? "" : styles[tone]}`}
    >
      {forecast !== null && (
        <span className={styles.expected} style={{ width: `${at(forecast.expected)}%` }} />
      )}
      <span className={styles.actual} style={{ width: `${at(actual)}%` }} />
      {forecast !== null && (
        <span
          className={styles.band}
          style={{
            insetInlineStart: `${at(forecast.low80)}%`,
            width: `${Math.max(0.4, at(forecast.high80) - at(forecast.low80))}%`,
          }}
        />
      )}
      {ticks.map(({ key, percent, amount, title }) => {
        const height = percent === null ? at(amount ?? "0") : ((top ?? 0) * percent) / 100;
        return height > 100 || percent === 100 ? null : (
          <span key={key} className={styles.tick} style={{ insetInlineStart: `${height}%` }} title={title} />
        );
      })}
      {top !== undefined && <span className={styles.limit} style={{ insetInlineStart: `${top}%` }} />}
    </span>
  );
}

type BudgetBarProps = {
  budget: Pick<Budget, "name" | "currency" | "now" | "thresholds">;
  tall?: boolean;
};

/** How a budget stands, drawn. */
export function BudgetBar({ budget, tall }: BudgetBarProps) {
  const { name, now, currency, thresholds } = budget;
  const { forecast } = now;
  const risk = stateOf(now.state).order;
  const said = [
    `${formatMoney(now.actual, currency)} of ${formatMoney(now.limit, currency)} spent, ${nameUsed(now)}`,
    ...(forecast === null ? [] : [`${formatMoney(forecast.expected, currency)} expected`]),
    stateOf(now.state).name,
  ].join("; ");
  return (
    <SpendBar
      said={`${name}: ${said}`}
      actual={now.actual}
      limit={now.limit}
      forecast={forecast}
      ticks={thresholds.map((one) => ({ ...one, key: one.id, title: nameThreshold(one, currency) }))}
      tone={risk === 0 ? "over" : risk <= 2 ? "near" : undefined}
      tall={tall}
    />
  );
}
