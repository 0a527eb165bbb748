import { Badge } from "@mantine/core";
import type { Budget } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { BudgetBar } from "../../shared/BudgetBar";
import { isMuted, namePeriod, nameScope, nameUsed, stateOf } from "../../shared/budgets";
import type { Column } from "../../shared/DataTable";
import { compareAmounts, formatMoney } from "../../shared/money";
import { TwoLines } from "../../shared/TwoLines";
import styles from "./Budgets.module.css";

export function StateBadge({ state }: { state: string }) {
  const { name, colour } = stateOf(state);
  return (
    <Badge color={colour} c="inherit">
      {name}
    </Badge>
  );
}

function Name({ budget }: { budget: Budget }) {
  const { parts, currency, depth } = budget;
  const said = [
    nameScope(budget.scope),
    namePeriod(budget.period),
    ...(budget.archived ? ["archived"] : []),
    ...(isMuted(budget) ? ["muted"] : []),
    ...(budget.now.quarantined ? ["held back"] : []),
    ...(parts === null ? [] : [`its parts ${formatMoney(parts.together, currency)}`]),
  ].join(" · ");
  return (
    <TwoLines first={budget.name} second={said} indent={Math.min(depth, 6) * 18}>
      <span className={styles.small} aria-hidden="true">
        <BudgetBar budget={budget} />
      </span>
    </TwoLines>
  );
}

/** The columns of the list; a list that is whole can be sorted by them, unless it hangs together. */
export function columnsOf(sortable: boolean): Column<Budget>[] {
  const sorted = (sort: Column<Budget>["sort"]) => (sortable && sort !== undefined ? { sort } : {});
  return [
    {
      id: "name",
      head: "Budget",
      ...sorted((left, right) => left.name.localeCompare(right.name)),
      cell: (budget) => <Name budget={budget} />,
    },
    {
      id: "bar",
      head: "Spent and expected",
      width: "30%",
      minor: true,
      cell: (budget) => (
        <span className={styles.barCell}>
          <BudgetBar budget={budget} />
        </span>
      ),
    },
    {
      id: "actual",
      head: "Spent",
      figures: true,
      ...sorted((left, right) => compareAmounts(left.now.actual, right.now.actual)),
      cell: (budget) => (
        <span className={styles.forecast}>
          <Amount amount={budget.now.actual} currency={budget.currency} />
          <span className={styles.chance}>{nameUsed(budget.now)}</span>
        </span>
      ),
    },
    {
      id: "limit",
      head: "Limit",
      figures: true,
      minor: true,
      ...sorted((left, right) => compareAmounts(left.now.limit, right.now.limit)),
      cell: (budget) => <Amount amount={budget.now.limit} currency={budget.currency} />,
    },
    {
      id: "forecast",
      head: "Expected",
      figures: true,
      minor: true,
      cell: (budget) =>
        budget.now.forecast === null ? (
          <span className="soft" title="Too little is known for a forecast">
            –
          </span>
        ) : (
          <span className={styles.forecast}>
            <Amount amount={budget.now.forecast.expected} currency={budget.currency} />
            <span className={styles.chance}>{budget.now.forecast.chance_percent} % over</span>
          </span>
        ),
    },
    {
      id: "state",
      head: "State",
      cell: (budget) => <StateBadge state={budget.now.state} />,
    },
  ];
}
