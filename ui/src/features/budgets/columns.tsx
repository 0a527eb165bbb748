import { Badge } from "@mantine/core";
import type { Budget } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { BudgetBar } from "../../shared/BudgetBar";
import { namePeriod, nameScope, nameUsed, stateOf } from "../../shared/budgets";
import type { Column } from "../../shared/DataTable";
import { compareAmounts } from "../../shared/money";
import { TwoLines } from "../../shared/TwoLines";
import styles from "./Budgets.module.css";

export type Line = { budget: Budget; depth: number };

export function StateBadge({ state }: { state: string }) {
  const { name, colour } = stateOf(state);
  return (
    <Badge color={colour} c="inherit">
      {name}
    </Badge>
  );
}

function isMuted({ muted_until }: Budget): boolean {
  return muted_until !== null && new Date(muted_until).getTime() > Date.now();
}

function Name({ budget, depth }: Line) {
  const said = [
    nameScope(budget.scope),
    namePeriod(budget.period),
    ...(budget.archived ? ["archived"] : []),
    ...(isMuted(budget) ? ["muted"] : []),
    ...(budget.now.quarantined ? ["held back"] : []),
  ].join(" · ");
  return (
    <TwoLines first={budget.name} second={said} indent={Math.min(depth, 6) * 18}>
      <span className={styles.small} aria-hidden="true">
        <BudgetBar budget={budget} />
      </span>
    </TwoLines>
  );
}

/** The columns of the list; a tree keeps its own order, a list can be sorted by any of them. */
export function columnsOf(tree: boolean): Column<Line>[] {
  const sorted = (sort: Column<Line>["sort"]) => (tree || sort === undefined ? {} : { sort });
  return [
    {
      id: "name",
      head: "Budget",
      ...sorted((left, right) => left.budget.name.localeCompare(right.budget.name)),
      cell: (line) => <Name {...line} />,
    },
    {
      id: "bar",
      head: "Spent and expected",
      width: "30%",
      minor: true,
      cell: ({ budget }) => (
        <span className={styles.barCell}>
          <BudgetBar budget={budget} />
        </span>
      ),
    },
    {
      id: "actual",
      head: "Spent",
      figures: true,
      ...sorted((left, right) => compareAmounts(left.budget.now.actual, right.budget.now.actual)),
      cell: ({ budget }) => (
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
      ...sorted((left, right) => compareAmounts(left.budget.now.limit, right.budget.now.limit)),
      cell: ({ budget }) => <Amount amount={budget.now.limit} currency={budget.currency} />,
    },
    {
      id: "forecast",
      head: "Expected",
      figures: true,
      minor: true,
      cell: ({ budget }) =>
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
      cell: ({ budget }) => <StateBadge state={budget.now.state} />,
    },
  ];
}
