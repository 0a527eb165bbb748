import { Link } from "@tanstack/react-router";
import type { Overview } from "../../host/wire";
import { SpendBar } from "../../shared/BudgetBar";
import { nameMethod } from "../../shared/forecast";
import { formatMoney } from "../../shared/money";
import styles from "./Overview.module.css";

export type MonthEnd = Overview["forecast"][number];

type AheadProps = { currency: string; spent: string; month: string; end: MonthEnd | undefined };

/** What the month is expected to come to, and how sure that is. */
export function Ahead({ currency, spent, month, end }: AheadProps) {
  if (end === undefined) return null;
  const money = (amount: string) => formatMoney(amount, currency);
  const band = `${money(end.low80)} – ${money(end.high80)}`;
  return (
    <div className={styles.ahead}>
      <div className={styles.aheadLine}>
        <Link to="/costs" search={{ month, forecast: true }}>
          Expected by the end
        </Link>
        <strong className="figure" title={`By ${nameMethod(end.method)}`}>
          {money(end.expected)}
        </strong>
      </div>
      <SpendBar
        said={`${money(spent)} spent; ${money(end.expected)} expected by the end, with 80 % between ${band}`}
        actual={spent}
        forecast={end}
      />
      <div className={styles.aheadLine}>
        <span className="soft" title="Eight of ten outcomes end in here">
          80 % between
        </span>
        <span className="figure soft">{band}</span>
      </div>
    </div>
  );
}
