import { formatExactly, formatFigure, formatMoney, isNegative, isZero } from "../../shared/money";
import styles from "./Diff.module.css";

/** How much more or less: an arrow and a sign beside the colour. */
export function Signed({ amount, currency }: { amount: string; currency?: string }) {
  if (isZero(amount)) return <span className="figure soft">no change</span>;
  const up = !isNegative(amount);
  const text = currency === undefined ? formatFigure(amount) : formatMoney(amount, currency);
  return (
    <span className={`figure ${up ? styles.up : styles.down}`} title={formatExactly(amount)}>
      <span aria-hidden="true">{up ? "▲ +" : "▼ "}</span>
      {text}
    </span>
  );
}
