import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import type { Overview } from "../../host/wire";
import { Change } from "../../shared/Amount";
import { Chart } from "../../shared/Chart";
import { addMonths, firstDay, lastDay, nameDayBriefly, nameMonth } from "../../shared/days";
import type { WhyAsk } from "../../shared/door-bell";
import { Figure } from "../../shared/Figure";
import { type Filters, filterOfRow } from "../../shared/filters";
import { formatMoney, isZero } from "../../shared/money";
import { Section } from "../../shared/Page";
import { Ahead, type MonthEnd } from "./Ahead";
import styles from "./Overview.module.css";
import { Ranking } from "./Ranking";

type Result = Overview["results"][number];

type CurrencyOverviewProps = {
  result: Result;
  month: string;
  asOf: string | undefined;
  open: boolean;
  end: MonthEnd | undefined;
  /** What stands between the month and what drove it. */
  below: ReactNode;
};

/** One currency's month; currencies are never added. */
export function CurrencyOverview({ result, month, asOf, open, end, below }: CurrencyOverviewProps) {
  const navigate = useNavigate();
  const range = { from: firstDay(month), to: lastDay(month), as_of: asOf };
  const why = (title: string, filters: Filters): WhyAsk => ({
    ...range,
    filters,
    title,
    currency: result.currency,
  });
  const columns = useMemo(() => result.days.map(({ day }) => nameDayBriefly(day)), [result.days]);
  const series = useMemo(
    () => [{ name: "Spent", amounts: result.days.map(({ amount }) => amount) }],
    [result.days],
  );
  const unowned = {
    key: "unowned",
    label: "Unowned",
    amount: result.unowned,
    previous: null,
  };
  const owners = result.owners.filter((owner) => owner.key !== "unowned");
  return (
    <div className={styles.currency}>
      <div className={styles.hero}>
        <div className={styles.figureBox}>
          <div className={styles.caption}>
            {nameMonth(month)}
            {open ? " so far" : ""} · billed, {result.currency}
          </div>
          <div className={styles.total}>
            <Figure amount={result.total} why={why(nameMonth(month), {})} />
          </div>
          {result.previous_total !== null && (
            <div className={styles.versus}>
              <Change amount={result.total} previous={result.previous_total} currency={result.currency} />
              <span className="soft">
                against {formatMoney(result.previous_total, result.currency)} in{" "}
                {nameMonth(addMonths(month, -1))}
              </span>
            </div>
          )}
          <Ahead currency={result.currency} spent={result.total} month={month} end={end} />
          <div className={styles.unowned}>
            <div className={styles.unownedLink}>
              <Link to="/costs" search={{ ...range, owner: ["unowned"] }}>
                Nobody owns
              </Link>
              <Figure amount={result.unowned} why={why("Nobody owns", { owner: ["unowned"] })} />
            </div>
          </div>
        </div>
        <div className={styles.trend}>
          <div className={styles.caption}>
            <Link to="/costs" search={{ ...range, interval: "day" }}>
              Spent by day
            </Link>
          </div>
          <Chart
            title={`Spent by day in ${nameMonth(month)}, ${result.currency}`}
            columns={columns}
            series={series}
            currency={result.currency}
            height={190}
            onPick={(column) => {
              const day = result.days[column]?.day;
              if (day !== undefined) navigate({ to: "/costs", search: { from: day, to: day, as_of: asOf } });
            }}
          />
        </div>
      </div>
      {below}
      <div className={styles.pair}>
        <div>
          <Section
            title="What drove it"
            actions={
              <Link to="/costs" search={{ ...range, by: "service" }}>
                All services
              </Link>
            }
          >
            <Ranking
              label="Services that cost most"
              rows={result.drivers}
              currency={result.currency}
              range={range}
              filters={(row) => filterOfRow("service", row)}
            />
          </Section>
        </div>
        <div>
          <Section
            title="Who"
            actions={
              <Link to="/costs" search={{ ...range, by: "person" }}>
                Everybody
              </Link>
            }
          >
            <Ranking
              label="People who cost most"
              rows={isZero(result.unowned) ? owners : [...owners, unowned]}
              currency={result.currency}
              range={range}
              filters={(row) => filterOfRow("person", row)}
            />
          </Section>
        </div>
      </div>
    </div>
  );
}
