import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Costs } from "../../host/wire";
import { Chart } from "../../shared/Chart";
import { firstDay, lastDay, nameMonthBriefly } from "../../shared/days";
import { Section } from "../../shared/Page";
import { yearOf } from "./load";

function Currency({ answer, at, person }: { answer: Costs; at: number; person: string }) {
  const navigate = useNavigate();
  const result = answer.results[at];
  if (result === undefined) return null;
  return (
    <Chart
      title={`Twelve months of ${person} by service, ${result.currency}`}
      columns={answer.columns.map((column) => nameMonthBriefly(column.key))}
      series={result.rows.map((row) => ({ name: row.label, amounts: row.cells }))}
      currency={result.currency}
      height={220}
      onPick={(column) => {
        const month = answer.columns[column]?.key;
        if (month === undefined) return;
        navigate({
          to: "/costs",
          search: { from: firstDay(month), to: lastDay(month), person: [person] },
        });
      }}
    />
  );
}

/** The year behind a person's month. */
export function Year({ person, month }: { person: string; month: string }) {
  const year = useQuery(yearOf(person, month));
  if (year.data === undefined || year.data.results.length === 0) return null;
  const answer = year.data;
  return (
    <Section title="Twelve months by service">
      {answer.results.map((result, at) => (
        <Currency key={result.currency} answer={answer} at={at} person={person} />
      ))}
    </Section>
  );
}
