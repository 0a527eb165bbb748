import { Amount } from "./Amount";
import styles from "./Amount.module.css";
import { ring, type WhyAsk } from "./door-bell";
import { formatFigure, formatMoney } from "./money";

type FigureProps = {
  amount: string;
  /** Written with its currency; a bare figure in a table whose head names the currency. */
  bare?: boolean;
  why: WhyAsk;
  /** One of a table's stops for the arrow keys. */
  stop?: boolean;
};

/** An amount that says, when pressed, why it is what it is. */
export function Figure({ amount, bare, why, stop }: FigureProps) {
  const shown = bare ? formatFigure(amount) : formatMoney(amount, why.currency);
  return (
    <button
      type="button"
      className={`plain ${styles.door}`}
      aria-haspopup="dialog"
      aria-label={`${why.title}: ${shown}, why this number?`}
      onClick={() => ring({ open: "why", ask: why })}
      {...(stop ? { "data-nav": true, tabIndex: -1 } : {})}
    >
      <Amount amount={amount} currency={bare ? undefined : why.currency} />
    </button>
  );
}
