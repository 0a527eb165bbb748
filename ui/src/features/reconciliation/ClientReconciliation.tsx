import { Alert, Badge, Button } from "@mantine/core";
import { IconAlertTriangle, IconScale } from "@tabler/icons-react";
import { Fragment } from "react";
import type { Reconciled } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameMoment } from "../../shared/days";
import { isZero } from "../../shared/money";
import { nameState, STATE_COLOURS } from "../../shared/reconciliation";
import { nameClass, nameFinding, nameTotal } from "./load";
import styles from "./Reconciliation.module.css";

type Difference = Reconciled["differences"][number];

function Parts({ difference, currency }: { difference: Difference; currency: string }) {
  return (
    <Fragment>
      <tr className={styles.difference}>
        <th scope="row">
          {nameTotal(difference.from)} → {nameTotal(difference.to)}
        </th>
        <td />
        <td className={styles.figures}>
          {isZero(difference.amount) ? (
            <span className="soft">no difference</span>
          ) : (
            <Amount amount={difference.amount} currency={currency} />
          )}
        </td>
      </tr>
      {difference.parts.map((part) => (
        <tr key={`${part.class} ${part.text}`} className={part.class === "unexplained" ? styles.grave : ""}>
          <td className={styles.part}>{nameClass(part.class)}</td>
          <td className="soft">{part.text}</td>
          <td className={styles.figures}>
            <Amount amount={part.amount} currency={currency} />
          </td>
        </tr>
      ))}
    </Fragment>
  );
}

/** One client's month: the totals there are, where they differ and why, and what was found wrong. */
export function ClientReconciliation({ of, onRun }: { of: Reconciled; onRun: () => void }) {
  return (
    <section className={styles.card} aria-label={`${of.client.name}, ${of.billing_account}`}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <h2 className={styles.title}>{of.client.name}</h2>
          <span className="soft">
            billing account {of.billing_account}, {of.currency}
          </span>
        </div>
        <Badge color={STATE_COLOURS[of.state] ?? "gray"} c="inherit" size="lg">
          {nameState(of.state)}
        </Badge>
        <Button
          variant="default"
          leftSection={<IconScale size={15} aria-hidden="true" />}
          onClick={onRun}
          aria-label={`Reconcile ${of.client.name}`}
        >
          Reconcile…
        </Button>
      </div>
      <ul className={styles.totals}>
        {of.figures.map((figure) => (
          <li key={figure.source} className={styles.total}>
            <span className={styles.caption}>{nameTotal(figure.source)}</span>
            {figure.amount === null ? (
              <span className={styles.nothing}>not known</span>
            ) : (
              <span className={styles.amount}>
                <Amount amount={figure.amount} currency={of.currency} />
              </span>
            )}
            <span className={styles.caption}>
              {figure.text}
              {figure.as_of !== null && ` · ${nameMoment(figure.as_of)}`}
            </span>
          </li>
        ))}
      </ul>
      {of.findings.length > 0 && (
        <div className={styles.findings}>
          {of.findings.map((finding) => (
            <Alert
              key={`${finding.kind} ${finding.text}`}
              color="red"
              icon={<IconAlertTriangle size={18} aria-hidden="true" />}
              title={
                <>
                  {nameFinding(finding.kind)}
                  {finding.amount !== null && (
                    <>
                      {": "}
                      <Amount amount={finding.amount} currency={of.currency} />
                    </>
                  )}
                </>
              }
              styles={{ title: { color: "var(--tp-danger)" } }}
            >
              {finding.text}
            </Alert>
          ))}
        </div>
      )}
      {of.differences.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={`Differences of ${of.client.name}`}>
            <thead>
              <tr>
                <th scope="col">Difference</th>
                <th scope="col">Because</th>
                <th scope="col" className={styles.figures}>
                  Amount
                </th>
              </tr>
            </thead>
            <tbody>
              {of.differences.map((difference) => (
                <Parts
                  key={`${difference.from} ${difference.to}`}
                  difference={difference}
                  currency={of.currency}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
