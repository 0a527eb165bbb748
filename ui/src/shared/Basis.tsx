import { Badge, Tooltip } from "@mantine/core";
import { nameMoment, nameMonthBriefly } from "./days";

type Brief = {
  client: string;
  billing_account: string;
  period: string;
  source: string;
  status: string;
  version: number;
  loaded_at: string;
};

const SOURCES: Record<string, string> = {
  focus: "FOCUS file",
  cur: "Cost and usage report",
  cost_explorer: "Cost Explorer",
};

export function nameSource(source: string): string {
  return SOURCES[source] ?? source;
}

export function isFinal(status: string): boolean {
  return status === "final" || status === "corrected";
}

export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge
      color={isFinal(status) ? "teal" : "gray"}
      variant="outline"
      style={{ color: "var(--tp-ink-soft)" }}
    >
      {status.replaceAll("_", " ")}
    </Badge>
  );
}

/** What the figures on the page rest on, in a line; all of it on pointing. */
export function Basis({ periods }: { periods: Brief[] }) {
  if (periods.length === 0) return <span>No data is loaded for these days.</span>;
  const newest =
    periods
      .map((period) => period.loaded_at)
      .sort()
      .at(-1) ?? "";
  const open = periods.filter((period) => !isFinal(period.status)).length;
  const state =
    open === 0 ? "final" : open === periods.length ? "estimated" : `${open} of ${periods.length} estimated`;
  const sources = [...new Set(periods.map((period) => nameSource(period.source)))].join(", ");
  return (
    <Tooltip
      multiline
      maw={420}
      label={periods.slice(0, 12).map((period) => (
        <div key={`${period.client} ${period.billing_account} ${period.period} ${period.source}`}>
          {nameMonthBriefly(period.period)} · {period.client} · {nameSource(period.source)} · version{" "}
          {period.version} · {period.status}
        </div>
      ))}
    >
      <span>
        {sources} · {state} · loaded {nameMoment(newest)}
      </span>
    </Tooltip>
  );
}
