import { Link } from "@tanstack/react-router";
import { Amount, Change } from "../../shared/Amount";
import type { Filters } from "../../shared/filters";
import { toPlot } from "../../shared/money";
import styles from "./Overview.module.css";

type Row = { key: string; label: string; amount: string; previous: string | null };
type RankingProps = {
  label: string;
  rows: Row[];
  currency: string;
  search: (row: Row) => Filters & { from: string; to: string };
};

/** Names with their amounts, the longest bar first; each leads to the charges behind it. */
export function Ranking({ label, rows, currency, search }: RankingProps) {
  // Lengths on the screen, not figures.
  const longest = Math.max(...rows.map((row) => Math.abs(toPlot(row.amount))), Number.MIN_VALUE);
  if (rows.length === 0) return <p className="soft">Nothing in this month.</p>;
  return (
    <ul className={styles.ranking} aria-label={label}>
      {rows.map((row) => (
        <li key={row.key}>
          <Link to="/charges" search={search(row)} className={styles.rank} title={row.label}>
            <span className={`${styles.rankName} elide ${row.key === "unowned" ? styles.nobody : ""}`}>
              {row.label}
            </span>
            <span className={styles.rankBar} aria-hidden="true">
              <span
                className={row.key === "unowned" ? styles.barNobody : styles.bar}
                style={{ width: `${(Math.abs(toPlot(row.amount)) / longest) * 100}%` }}
              />
            </span>
            <span className={styles.rankAmount}>
              <Amount amount={row.amount} currency={currency} />
            </span>
            <span className={styles.rankChange}>
              {row.previous !== null && (
                <Change amount={row.amount} previous={row.previous} currency={currency} />
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
