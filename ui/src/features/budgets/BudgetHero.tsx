import type { BudgetDetail } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { BudgetBar } from "../../shared/BudgetBar";
import { nameUsed } from "../../shared/budgets";
import { nameRange } from "../../shared/days";
import { Figure } from "../../shared/Figure";
import type { Filters } from "../../shared/filters";
import { nameMethod } from "../../shared/forecast";
import { formatMoney } from "../../shared/money";
import styles from "./Budgets.module.css";
import { StateBadge } from "./columns";
import { MonthsChart } from "./MonthsTable";

/** The costs that the budget is about, as the other places narrow to them. */
export function filtersOf({ scope }: Pick<BudgetDetail, "scope">): Filters {
  switch (scope.kind) {
    case "person":
      return { person: [scope.label] };
    case "team":
      return { team: [scope.label] };
    case "client":
      return { client: [scope.label] };
    case "tenant":
      return { owner: [`tenant:${scope.label}`] };
    case "tag":
      return { tag: [`${scope.key ?? ""}=${scope.value ?? ""}`] };
    case "service":
      return { service: [scope.value ?? scope.label] };
    default:
      return {};
  }
}

/** How the budget stands now, and how it stood before. */
export function BudgetHero({ budget }: { budget: BudgetDetail }) {
  const { now, currency } = budget;
  const { forecast } = now;
  const money = (amount: string) => formatMoney(amount, currency);
  return (
    <div className={styles.hero}>
      <div>
        <div className={styles.caption}>
          {nameRange(now.from, now.to)}
          {now.estimated ? " so far" : ""} · {budget.metric}
        </div>
        <div className={styles.total}>
          <Amount amount={now.actual} currency={currency} />
        </div>
        <div>
          of <Amount amount={now.limit} currency={currency} /> · {nameUsed(now)}{" "}
          <StateBadge state={now.state} />
        </div>
        <BudgetBar budget={budget} tall />
        <dl className={styles.facts}>
          {forecast !== null && (
            <>
              <dt>Expected by the end</dt>
              <dd>{money(forecast.expected)}</dd>
              <dt title="Eight of ten outcomes end in here">80 % between</dt>
              <dd>
                {money(forecast.low80)} – {money(forecast.high80)}
              </dd>
              <dt>95 % between</dt>
              <dd>
                {money(forecast.low95)} – {money(forecast.high95)}
              </dd>
              <dt>Chance to pass the limit</dt>
              <dd>{forecast.chance_percent} %</dd>
              <dt>Forecast by</dt>
              <dd>{nameMethod(forecast.method)}</dd>
            </>
          )}
          <dt>With credits and tax</dt>
          <dd>
            <Figure
              amount={now.with_credits_and_tax}
              why={{
                from: now.from,
                to: now.to,
                metric: budget.metric === "effective" ? "effective" : "billed",
                filters: filtersOf(budget),
                title: budget.name,
                currency,
              }}
            />
          </dd>
        </dl>
        {forecast === null && (
          <p className="soft">Too little is known for a forecast; it comes with more days of data.</p>
        )}
      </div>
      <MonthsChart name={budget.name} months={budget.months} currency={currency} />
    </div>
  );
}
