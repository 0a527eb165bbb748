import { Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { WhyResult as Result, Why } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameSource, StatusBadge } from "../../shared/Basis";
import { nameMoment, nameMonth } from "../../shared/days";
import { formatCount } from "../../shared/money";
import { nameState, STATE_COLOURS } from "../../shared/reconciliation";
import { nameCategory } from "./load";
import styles from "./Why.module.css";

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}

function count(number: number, one: string, many: string): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}

function Source({ source, currency }: { source: Result["sources"][number]; currency: string }) {
  const { version } = source;
  const [first, ...others] = source.files;
  return (
    <li className={styles.item}>
      <div>
        <strong>{nameSource(version.source)}</strong> · {nameMonth(version.period)}{" "}
        <StatusBadge status={version.status} />
        <div className="soft">
          {version.client}, billing account {version.billing_account}
        </div>
        <div className="soft">
          <Link
            to="/data/period"
            search={{ client: version.client, account: version.billing_account, period: version.period }}
          >
            Version {version.version}
          </Link>
          , loaded {nameMoment(version.loaded_at)}
        </div>
        {first !== undefined && (
          <div className="soft" title={source.files.join("\n")}>
            {first}
            {others.length > 0 && ` and ${count(others.length, "more file", "more files")}`}
          </div>
        )}
        <div className="soft">
          {count(source.lines, "line", "lines")}, {count(source.charges, "charge", "charges")}
        </div>
      </div>
      <span className={styles.figure}>
        <Amount amount={source.amount} currency={currency} />
      </span>
    </li>
  );
}

/** Source, version, rules, kinds and reconciliation of a number in one currency. */
export function WhyResult({ result, answer }: { result: Result; answer: Why }) {
  return (
    <>
      <Part title="Where it comes from">
        <ul className={styles.list}>
          {result.sources.map((source) => (
            <Source
              key={[
                source.version.client,
                source.version.billing_account,
                source.version.period,
                source.version.source,
                source.version.version,
                source.files.join(),
              ].join(" ")}
              source={source}
              currency={result.currency}
            />
          ))}
        </ul>
      </Part>
      <Part title="Whose it is, and by which rule">
        <ul className={styles.list}>
          {result.rules.map(({ rule, owner, charges, amount }) => (
            <li key={`${rule?.id ?? "none"} ${owner?.key ?? "none"}`} className={styles.item}>
              <div>
                <strong>{owner?.label ?? "Nobody"}</strong>
                <div className="soft">
                  {rule === null ? (
                    "No rule matches"
                  ) : (
                    <Link to="/rules">
                      Rule {rule.id}: {rule.text}
                    </Link>
                  )}
                  {" · "}
                  {count(charges, "charge", "charges")}
                </div>
              </div>
              <span className={styles.figure}>
                <Amount amount={amount} currency={result.currency} />
              </span>
            </li>
          ))}
        </ul>
      </Part>
      {result.categories.length > 0 && (
        <Part title="What kind of cost">
          <ul className={styles.list}>
            {result.categories.map(({ category, amount }) => (
              <li key={category} className={styles.item}>
                <span>{nameCategory(category)}</span>
                <span className={styles.figure}>
                  <Amount amount={amount} currency={result.currency} />
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {answer.notes.length > 0 && (
        <Part title="Good to know">
          {answer.notes.map((note) => (
            <p key={`${note.code} ${note.text}`} className={styles.note}>
              {note.text}
            </p>
          ))}
        </Part>
      )}
      <Part title="Reconciliation with the provider">
        {answer.reconciliation.length === 0 ? (
          <p className={`${styles.note} soft`}>Not compared with the provider's own totals yet.</p>
        ) : (
          <ul className={styles.list}>
            {answer.reconciliation.map(({ client, month, state }) => (
              <li key={`${client} ${month}`} className={styles.item}>
                <Link to="/reconciliation" search={{ month }}>
                  {client}, {nameMonth(month)}
                </Link>
                <Badge color={STATE_COLOURS[state] ?? "gray"} c="inherit">
                  {nameState(state)}
                </Badge>
              </li>
            ))}
          </ul>
        )}
      </Part>
    </>
  );
}
