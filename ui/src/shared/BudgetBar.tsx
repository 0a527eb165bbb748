import type { Budget } from "../host/wire";
import styles from "./BudgetBar.module.css";
import { nameThreshold, nameUsed, stateOf } from "./budgets";
import { formatMoney, largest, portion } from "./money";

type BudgetBarProps = {
  budget: Pick<Budget, "name" | "currency" | "now" | "thresholds">;
  tall?: boolean;
};

/** The longest amount does not touch the end. */
const ROOM = 0.097;

/** What is spent of what may be spent, what is expected, how sure that is, and where somebody is told. */
export function BudgetBar({ budget, tall }: BudgetBarProps) {
  const { now, currency, thresholds } = budget;
  const whole = largest([now.limit, now.actual, now.forecast?.high80 ?? "0"]);
  // Lengths on the screen, in percent of the bar.
  const at = (amount: string) => Math.min(100, portion(amount, whole) * ROOM);
  const limit = at(now.limit);
  const risk = stateOf(now.state).order;
  const tone = risk === 0 ? styles.over : risk <= 2 ? styles.near : "";
  const { forecast } = now;
  const said = [
    `${formatMoney(now.actual, currency)} of ${formatMoney(now.limit, currency)} spent, ${nameUsed(now)}`,
    ...(forecast === null ? [] : [`${formatMoney(forecast.expected, currency)} expected`]),
    stateOf(now.state).name,
  ].join("; ");
  return (
    <span
      role="img"
      aria-label={`${budget.name}: ${said}`}
      title={said}
      className={`${styles.bar} ${tall ? styles.tall : ""} ${tone}`}
    >
      {forecast !== null && (
        <span className={styles.expected} style={{ width: `${at(forecast.expected)}%` }} />
      )}
      <span className={styles.actual} style={{ width: `${at(now.actual)}%` }} />
      {forecast !== null && (
        <span
          className={styles.band}
          style={{
            insetInlineStart: `${at(forecast.low80)}%`,
            width: `${Math.max(0.4, at(forecast.high80) - at(forecast.low80))}%`,
          }}
        />
      )}
      {thresholds.map((threshold) => {
        const height =
          threshold.percent === null ? at(threshold.amount ?? "0") : (limit * threshold.percent) / 100;
        if (height > 100 || threshold.percent === 100) return null;
        return (
          <span
            key={threshold.id}
            className={styles.tick}
            style={{ insetInlineStart: `${height}%` }}
            title={nameThreshold(threshold, currency)}
          />
        );
      })}
      <span className={styles.limit} style={{ insetInlineStart: `${limit}%` }} />
    </span>
  );
}
