import { useQuery } from "@tanstack/react-query";
import type { SharingDraft, SharingMove } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameMonth } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { isNegative } from "../../shared/money";
import { previewSharing } from "./load";
import styles from "./Sharing.module.css";

function Moves({ move }: { move: SharingMove }) {
  const { currency } = move;
  return (
    <>
      <p className={styles.pot}>
        The pot holds <Amount amount={move.pot} currency={currency} />.{" "}
        {move.fell_back_to_even && "Nobody who takes part owns anything: it is spread evenly."}
      </p>
      <table className={styles.moves}>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col" className={styles.now}>
              Now
            </th>
            <th scope="col">Then</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {move.rows.map(({ owner, before, after, moved }) => (
            <tr key={owner.key}>
              <th scope="row" title={owner.label}>
                {owner.label}
              </th>
              <td className={styles.now}>
                <Amount amount={before} />
              </td>
              <td>
                <Amount amount={after} />
              </td>
              <td>
                <span title={isNegative(moved) ? "Less" : "More"}>{isNegative(moved) ? "▼ " : "▲ "}</span>
                <Amount amount={moved.replace(/^-/, "")} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type PreviewProps = { draft: SharingDraft; month: string; replaces: number | undefined };

/** What a rule would move, before it does. */
export function Preview({ draft, month, replaces }: PreviewProps) {
  const query = useQuery(previewSharing(draft, month, replaces));
  if (query.error !== null) return <ErrorPanel error={query.error} />;
  const moves = (query.data ?? []).filter(({ rows }) => rows.length > 0);
  return (
    <section className={styles.preview} aria-label="What it would move" aria-live="polite">
      <h3 className={styles.previewTitle}>In {nameMonth(month)}</h3>
      {query.data === undefined ? (
        <p className={`soft ${styles.pot}`}>Looking what it would move…</p>
      ) : moves.length === 0 ? (
        <p className={`soft ${styles.pot}`}>
          Nobody has more or less by it. It holds for every month, past and to come.
        </p>
      ) : (
        moves.map((move) => <Moves key={move.currency} move={move} />)
      )}
    </section>
  );
}
