import { SegmentedControl, Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { values } from "../../shared/queries";
import { RangePicker } from "../../shared/RangePicker";
import type { CostsAsk } from "./load";
import { type CostsSearch, ROWS } from "./search";

type CostsControlsProps = {
  ask: CostsAsk;
  forecast: boolean;
  onChange: (part: Partial<CostsSearch>) => void;
};

export const ROW_NAMES: Record<string, string> = {
  person: "Person",
  team: "Team",
  client: "Client",
  provider: "Provider",
  service: "Service",
  category: "Category",
  account: "Account",
  region: "Region",
};

export function nameRows(by: string): string {
  return by.startsWith("tag:") ? `Tag ${by.slice(4)}` : (ROW_NAMES[by] ?? by);
}

/** What the rows and columns are, which amount, and which days. */
export function CostsControls({ ask, forecast, onChange }: CostsControlsProps) {
  const tags = useQuery(values("tag-key", "", undefined, ask.as_of));
  const tagRows = (tags.data ?? []).map(({ key, label }) => ({ value: `tag:${key}`, label: `Tag ${label}` }));
  const known = tagRows.some((row) => row.value === ask.by) || !ask.by.startsWith("tag:");
  return (
    <>
      <Select
        aria-label="Rows"
        w={150}
        data={[
          { group: "Rows by", items: ROWS.map((row) => ({ value: row, label: ROW_NAMES[row] ?? row })) },
          {
            group: "Tags",
            items: known ? tagRows : [...tagRows, { value: ask.by, label: nameRows(ask.by) }],
          },
        ].filter((group) => group.items.length > 0)}
        value={ask.by}
        onChange={(by) => by !== null && onChange({ by })}
        searchable
      />
      <RangePicker
        from={ask.from}
        to={ask.to}
        onChange={(from, to) => onChange({ from, to, interval: undefined })}
      />
      <SegmentedControl
        aria-label="Columns"
        data={[
          { value: "none", label: "Total" },
          { value: "month", label: "Months" },
          { value: "day", label: "Days" },
        ]}
        value={ask.interval}
        onChange={(interval) => onChange({ interval: interval as CostsAsk["interval"] })}
      />
      <SegmentedControl
        aria-label="Amount"
        data={[
          { value: "billed", label: "Billed" },
          { value: "effective", label: "Effective" },
        ]}
        value={ask.metric}
        onChange={(metric) => onChange({ metric: metric as CostsAsk["metric"] })}
      />
      <Switch
        label="Compare"
        checked={ask.compare}
        onChange={(event) => onChange({ compare: event.currentTarget.checked })}
      />
      <Switch
        label="Forecast"
        checked={forecast}
        disabled={ask.as_of !== undefined}
        onChange={(event) => onChange({ forecast: event.currentTarget.checked || undefined })}
      />
    </>
  );
}
