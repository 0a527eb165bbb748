import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DiffRow, Period, PeriodDiff } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameSource } from "../../shared/Basis";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMoment } from "../../shared/days";
import { compareAmounts, formatCount, formatMoney, isZero } from "../../shared/money";
import { Section } from "../../shared/Page";
import { Answer } from "../../shared/Waiting";
import styles from "./Diff.module.css";
import { periodDiff } from "./load";
import { Signed } from "./Signed";
import type { PeriodSearch } from "./search";

const ROWS = [
  { value: "service", label: "Service" },
  { value: "account", label: "Account" },
  { value: "person", label: "Person" },
  { value: "team", label: "Team" },
  { value: "category", label: "Category" },
  { value: "region", label: "Region" },
  { value: "resource", label: "Resource" },
];

function nameVersion(version: Period): string {
  return `#${version.id} · version ${version.version} · ${nameSource(version.source)} · ${nameMoment(version.loaded_at)}`;
}

function columnsFor(rowName: string, result: PeriodDiff["results"][number]): Column<DiffRow>[] {
  const { currency } = result;
  return [
    {
      id: "row",
      head: rowName,
      sort: (left, right) => left.label.localeCompare(right.label),
      cell: (row) => <span title={row.key}>{row.label === "" ? "(none)" : row.label}</span>,
      foot: "All together",
    },
    {
      id: "before",
      head: "Before",
      figures: true,
      minor: true,
      sort: (left, right) => compareAmounts(left.before, right.before),
      cell: (row) => <Amount amount={row.before} />,
      foot: <Amount amount={result.before} currency={currency} />,
    },
    {
      id: "after",
      head: "After",
      figures: true,
      minor: true,
      sort: (left, right) => compareAmounts(left.after, right.after),
      cell: (row) => <Amount amount={row.after} />,
      foot: <Amount amount={result.after} currency={currency} />,
    },
    {
      id: "change",
      head: "Change",
      figures: true,
      sort: (left, right) => compareAmounts(left.change, right.change),
      cell: (row) => <Signed amount={row.change} />,
      foot: <Signed amount={result.change} currency={currency} />,
    },
  ];
}

function Result({ answer, at, rowName }: { answer: PeriodDiff; at: number; rowName: string }) {
  const result = answer.results[at];
  const columns = useMemo(() => (result === undefined ? [] : columnsFor(rowName, result)), [result, rowName]);
  if (result === undefined) return null;
  return (
    <DataTable
      label={`What changed by ${rowName.toLowerCase()} in ${result.currency}`}
      file={{
        table: "differences",
        query: { from: answer.from.id, to: answer.to.id, by: answer.by, metric: answer.metric },
      }}
      columns={columns}
      rows={result.rows}
      rowId={(row) => row.key}
      empty={
        <p className="soft">
          {isZero(result.change)
            ? `In ${result.currency} nothing changed: ${formatMoney(result.after, result.currency)} before and after.`
            : `Nothing changed by ${rowName.toLowerCase()}.`}
        </p>
      }
    />
  );
}

function Counts({ charges }: { charges: PeriodDiff["charges"] }) {
  const parts: [number, string][] = [
    [charges.added, "added"],
    [charges.removed, "gone"],
    [charges.changed, "changed"],
    [charges.same, "the same"],
  ];
  return (
    <p className={styles.counts} role="status">
      {parts.map(([number, word]) => (
        <span key={word}>
          <strong>{formatCount(number)}</strong> {word}
        </span>
      ))}
      <span className="soft">
        {charges.compared === "daily_sums"
          ? "of the sums by day, account, service and category: all that both sources know"
          : "of the charges"}
      </span>
    </p>
  );
}

type DiffProps = {
  versions: Period[];
  pair: [from: number, to: number];
  search: PeriodSearch;
  onChange: (part: Partial<PeriodSearch>) => void;
};

/** What changed between any two versions of a period. */
export function Diff({ versions, pair, search, onChange }: DiffProps) {
  const by = search.by ?? "service";
  const metric = search.metric ?? "billed";
  const [from, to] = pair;
  const query = useQuery({ ...periodDiff({ from, to, by, metric }), enabled: from !== to });
  const options = versions.map((version) => ({ value: String(version.id), label: nameVersion(version) }));
  const rowName = ROWS.find((row) => row.value === by)?.label ?? by;
  return (
    <Section title="What changed">
      <div className={styles.controls}>
        <Select
          label="From"
          data={options}
          value={String(from)}
          onChange={(id) => id !== null && onChange({ from: Number(id), to })}
          w="min(100%, 380px)"
        />
        <Select
          label="To"
          data={options}
          value={String(to)}
          onChange={(id) => id !== null && onChange({ from, to: Number(id) })}
          w="min(100%, 380px)"
        />
        <Select
          label="By"
          data={ROWS}
          value={by}
          onChange={(next) => onChange({ by: next as PeriodSearch["by"] })}
          w={130}
        />
        <SegmentedControl
          aria-label="Amount"
          data={[
            { value: "billed", label: "Billed" },
            { value: "effective", label: "Effective" },
          ]}
          value={metric}
          onChange={(next) => onChange({ metric: next as PeriodSearch["metric"] })}
        />
      </div>
      {from === to ? (
        <p className="soft">Choose two different versions.</p>
      ) : (
        <Answer query={query}>
          {(answer) => (
            <>
              <Counts charges={answer.charges} />
              {answer.results.map((result, at) => (
                <Result key={result.currency} answer={answer} at={at} rowName={rowName} />
              ))}
            </>
          )}
        </Answer>
      )}
    </Section>
  );
}
