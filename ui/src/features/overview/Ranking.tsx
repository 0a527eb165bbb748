import { Link } from "@tanstack/react-router";
import { Change } from "../../shared/Amount";
import { Figure } from "../../shared/Figure";
import type { Filters } from "../../shared/filters";
import { toPlot } from "../../shared/money";
import styles from "./Overview.module.css";

type Row = { key: string; label: string; amount: string; previous: string | null };
type RankingProps = {
  label: string;
  rows: Row[];
  currency: string;
  range: { from: string; to: string; as_of: string | undefined };
  filters: (row: Row) => Filters;
};

/** Names with their amounts, the longest bar first; each leads to the charges behind it. */
export function Ranking({ label, rows, currency, range, filters }: RankingProps) {
  // Lengths on the screen, not figures.
  const longest = Math.max(...rows.map((row) => Math.abs(toPlot(row.amount))), Number.MIN_VALUE);
  if (rows.length === 0) return <p className="soft">Nothing in this month.</p>;
  return (
    <ul className={styles.ranking} aria-label={label}>
      {rows.map((row) => (
        <li key={row.key} className={styles.rank}>
          <Link
            to="/charges"
            search={{ ...range, ...filters(row) }}
            className={styles.rankLink}
            title={row.label}
          >
            <span className={`${styles.rankName} elide ${row.key === "unowned" ? styles.nobody : ""}`}>
              {row.label}
            </span>
            <span className={styles.rankBar} aria-hidden="true">
              <span
                className={row.key === "unowned" ? styles.barNobody : styles.bar}
                style={{ width: `${(Math.abs(toPlot(row.amount)) / longest) * 100}%` }}
              />
            </span>
          </Link>
          <span className={styles.rankAmount}>
            <Figure
              amount={row.amount}
              why={{ ...range, filters: filters(row), title: row.label, currency }}
            />
          </span>
          <span className={styles.rankChange}>
            {row.previous !== null && (
              <Change amount={row.amount} previous={row.previous} currency={currency} />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
