import styles from "./Amount.module.css";
import { change, formatExactly, formatFigure, formatMoney, isNegative } from "./money";

type AmountProps = {
  amount: string;
  /** Written with its currency when given; a bare figure otherwise. */
  currency?: string | undefined;
};

/** An amount as finance reads it; the exact digits stand in its title. */
export function Amount({ amount, currency }: AmountProps) {
  const exact = formatExactly(amount);
  return (
    <span className={`figure ${isNegative(amount) ? styles.negative : ""}`} title={exact}>
      {currency === undefined ? formatFigure(amount) : formatMoney(amount, currency)}
    </span>
  );
}

type ChangeProps = { amount: string; previous: string | null | undefined; currency?: string | undefined };

/** How an amount moved: an arrow for those who do not see the colour. */
export function Change({ amount, previous, currency }: ChangeProps) {
  if (previous === null || previous === undefined) {
    return (
      <span className="figure soft" title="Nothing to compare with">
        –
      </span>
    );
  }
  const { direction, text } = change(amount, previous);
  const was = currency === undefined ? formatFigure(previous) : formatMoney(previous, currency);
  return (
    <span className={`figure ${styles[direction]}`} title={`Before: ${was}`}>
      {direction === "up" && <span aria-hidden="true">▲ </span>}
      {direction === "down" && <span aria-hidden="true">▼ </span>}
      <span className={styles.spoken}>
        {direction === "up" ? "up " : direction === "down" ? "down " : ""}
      </span>
      {text}
    </span>
  );
}
