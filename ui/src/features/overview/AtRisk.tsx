import { Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Overview } from "../../host/wire";
import { isMore, nameAnomalyKind } from "../../shared/anomalies";
import { stateOf } from "../../shared/budgets";
import { nameRangeBriefly } from "../../shared/days";
import { formatMoney } from "../../shared/money";
import { Section } from "../../shared/Page";
import styles from "./Overview.module.css";

type Risk = Overview["budgets_at_risk"][number];
type Unusual = Overview["unusual"][number];

function Budgets({ budgets }: { budgets: Risk[] }) {
  if (budgets.length === 0) return null;
  return (
    <div>
      <Section
        title="Budgets at risk"
        actions={
          <Link to="/budgets" search={{ only: "risk" }}>
            All at risk
          </Link>
        }
      >
        <ul className={styles.attention} aria-label="Budgets at risk">
          {budgets.map((one) => {
            const { name, colour } = stateOf(one.state);
            return (
              <li key={one.id}>
                <Link className={styles.item} to="/budgets/$id" params={{ id: String(one.id) }} search={{}}>
                  <span className="elide" title={one.name} style={{ fontWeight: 550 }}>
                    {one.name}
                  </span>
                  <span className={`figure ${styles.end}`}>
                    {formatMoney(one.actual, one.currency)}{" "}
                    <span className="soft">of {formatMoney(one.limit, one.currency)}</span>
                  </span>
                  <Badge color={colour} c="inherit">
                    {name}
                  </Badge>
                </Link>
              </li>
            );
          })}
        </ul>
      </Section>
    </div>
  );
}

function UnusualSpend({ unusual, month }: { unusual: Unusual[]; month: string }) {
  if (unusual.length === 0) return null;
  return (
    <div>
      <Section
        title="Unusual"
        actions={
          <Link to="/costs" search={{ month }}>
            On the chart
          </Link>
        }
      >
        <ul className={styles.attention} aria-label="Unusual spend">
          {unusual.map((one) => (
            <li key={one.id}>
              <Link className={styles.item} to="/costs" search={{ month, anomaly: one.id }}>
                <span className="elide" title={one.label} style={{ fontWeight: 550 }}>
                  {one.label}{" "}
                  <span className="soft" style={{ fontWeight: 400 }}>
                    {nameAnomalyKind(one.kind).toLowerCase()}, {nameRangeBriefly(one.from, one.to)}
                  </span>
                </span>
                <span className={`figure ${styles.end}`}>
                  {isMore(one) ? "▲ " : "▼ "}
                  {formatMoney(one.impact.replace(/^-/, ""), one.currency)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** What is about to go wrong, and what costs unusually much; nothing where all is well. */
export function AtRisk({ answer, month }: { answer: Overview; month: string }) {
  const budgets = answer.budgets_at_risk;
  const unusual = answer.unusual;
  if (budgets.length === 0 && unusual.length === 0) return null;
  return (
    <div className={styles.risks}>
      <Budgets budgets={budgets} />
      <UnusualSpend unusual={unusual} month={month} />
    </div>
  );
}
