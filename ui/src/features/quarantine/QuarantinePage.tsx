import { Badge, Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Quarantined } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { DataTabs } from "../../shared/DataTabs";
import { nameMoment, nameMonthBriefly } from "../../shared/days";
import { ring } from "../../shared/door-bell";
import { Empty } from "../../shared/Empty";
import { Page } from "../../shared/Page";
import { quarantine } from "../../shared/queries";
import { TwoLines } from "../../shared/TwoLines";
import { Answer, Waiting } from "../../shared/Waiting";
import { inOrder, nameReason } from "./load";

const COLUMNS: Column<Quarantined>[] = [
  {
    id: "period",
    head: "Billing period",
    sort: (left, right) => left.period.localeCompare(right.period),
    cell: (item) => (
      <TwoLines first={nameMonthBriefly(item.period)} second={`${item.client} · ${item.billing_account}`} />
    ),
  },
  {
    id: "reason",
    head: "Why",
    minor: true,
    cell: (item) => <TwoLines first={nameReason(item.reason)} second={item.text} />,
  },
  {
    id: "expected",
    head: "Expected about",
    figures: true,
    minor: true,
    cell: (item) => <Amount amount={item.expected} currency={item.currency} />,
  },
  {
    id: "actual",
    head: "Came",
    figures: true,
    cell: (item) => <Amount amount={item.actual} currency={item.currency} />,
  },
  {
    id: "since",
    head: "Since",
    minor: true,
    sort: (left, right) => left.since.localeCompare(right.since),
    cell: (item) => nameMoment(item.since),
  },
  {
    id: "state",
    head: "State",
    cell: (item) =>
      item.released === null ? (
        <Button size="compact-sm" variant="default" onClick={() => ring({ open: "release", id: item.id })}>
          Release…
        </Button>
      ) : (
        <Badge
          color="gray"
          c="inherit"
          title={`By ${item.released.by}, ${nameMoment(item.released.at)}: ${item.released.note}`}
        >
          released
        </Badge>
      ),
  },
];

/** Periods whose figures leapt beyond reason: kept from invoices and alerts until a person says so. */
export function QuarantinePage() {
  const query = useQuery(quarantine);
  return (
    <Page
      fill
      title="Data"
      note="Figures that leapt beyond reason are kept from invoices and alerts until somebody releases them."
      controls={<DataTabs current="quarantine" />}
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting />
          </div>
        }
      >
        {(items) => (
          <DataTable
            fill
            tall
            label="Quarantine"
            file={{ table: "quarantine" }}
            columns={COLUMNS}
            rows={inOrder(items)}
            rowId={(item) => String(item.id)}
            empty={
              <Empty icon={<IconShieldCheck size={24} stroke={1.6} />} title="Nothing is held back">
                When a provider's estimate is many times what the months before make likely, or cost comes
                without usage to match, the period waits here for a person. So far all figures are plausible.
              </Empty>
            }
          />
        )}
      </Answer>
    </Page>
  );
}
