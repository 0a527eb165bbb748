import { Badge, Button, Group, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCloudDownload, IconDatabase, IconFileImport, IconFolder } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { host } from "../../host/client";
import type { Picked } from "../../host/host";
import type { Period } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameSource, StatusBadge } from "../../shared/Basis";
import { type Column, DataTable } from "../../shared/DataTable";
import { DataTabs } from "../../shared/DataTabs";
import { nameDay, nameMoment, nameMonthBriefly } from "../../shared/days";
import { ring } from "../../shared/door-bell";
import { Empty } from "../../shared/Empty";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { periods } from "../../shared/queries";
import { Answer, Waiting } from "../../shared/Waiting";

async function importFrom(pick: () => Promise<Picked[]>) {
  const picked = await pick();
  if (picked.length > 0) ring({ open: "import", picked });
}

const COLUMNS: Column<Period>[] = [
  {
    id: "period",
    head: "Billing period",
    sort: (left, right) => left.period.localeCompare(right.period),
    cell: (period) => (
      <span style={{ fontWeight: 550, opacity: period.current ? 1 : 0.65 }}>
        {nameMonthBriefly(period.period)}
      </span>
    ),
  },
  {
    id: "client",
    head: "Client",
    sort: (left, right) => left.client.localeCompare(right.client),
    cell: (period) => period.client,
  },
  {
    id: "account",
    head: "Billing account",
    minor: true,
    width: 150,
    cell: (period) => (
      <span title={period.billing_account}>{period.billing_account_name ?? period.billing_account}</span>
    ),
  },
  {
    id: "source",
    head: "Source",
    minor: true,
    width: 170,
    cell: (period) => (
      <span title={period.file ?? undefined}>{period.file ?? nameSource(period.source)}</span>
    ),
  },
  {
    id: "status",
    head: "State",
    cell: (period) => (
      <>
        <StatusBadge status={period.status} />{" "}
        {!period.current && (
          <Badge color="gray" c="inherit">
            replaced
          </Badge>
        )}
        {period.current && !period.counts && (
          <Badge color="yellow" c="inherit" title="Another source counts for this period">
            not counted
          </Badge>
        )}
      </>
    ),
  },
  {
    id: "billed",
    head: "Billed",
    figures: true,
    cell: (period) =>
      period.totals.map((total, at) => (
        <span key={total.currency}>
          {at > 0 && " + "}
          <Amount amount={total.billed} currency={total.currency} />
        </span>
      )),
  },
  {
    id: "version",
    head: "Version",
    figures: true,
    minor: true,
    sort: (left, right) => left.version - right.version,
    cell: (period) => period.version,
  },
  {
    id: "loaded",
    head: "Loaded",
    minor: true,
    sort: (left, right) => left.loaded_at.localeCompare(right.loaded_at),
    cell: (period) => (
      <span title={nameMoment(period.loaded_at)}>{nameDay(period.loaded_at.slice(0, 10))}</span>
    ),
  },
  {
    id: "charges",
    head: "Charges",
    figures: true,
    minor: true,
    cell: (period) => formatCount(period.charges),
  },
  {
    id: "notices",
    head: "Notices",
    minor: true,
    cell: (period) => {
      const count = period.notes.length + (period.skipped_rows.length > 0 ? 1 : 0);
      return count > 0 && <span style={{ color: "var(--tp-warn)" }}>{count}</span>;
    },
  },
];

/** What every figure rests on: each billing period, its source, its versions, what was noticed. */
export function DataPage() {
  const query = useQuery(periods);
  const navigate = useNavigate();
  const [all, showAll] = useDisclosure(false);
  const shown = useMemo(
    () => (query.data ?? []).filter((period) => all || period.current),
    [query.data, all],
  );
  const replaced = (query.data ?? []).some((period) => !period.current);
  const pickFolder = host().pickFolder;
  const importButton = (
    <>
      {pickFolder !== undefined && (
        <Button
          variant="default"
          leftSection={<IconFolder size={16} aria-hidden="true" />}
          onClick={() => importFrom(pickFolder)}
        >
          Import folder…
        </Button>
      )}
      <Button
        leftSection={<IconFileImport size={16} aria-hidden="true" />}
        onClick={() => importFrom(host().pickFiles)}
      >
        Import file…
      </Button>
    </>
  );
  return (
    <Page
      fill
      title="Data"
      note="What every figure rests on. A billing period is always replaced whole."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconCloudDownload size={16} aria-hidden="true" />}
            onClick={() => ring({ open: "sync" })}
          >
            Sync…
          </Button>
          {importButton}
        </>
      }
      controls={
        <>
          <DataTabs current="periods" />
          {replaced && <Switch label="Show replaced versions" checked={all} onChange={showAll.toggle} />}
        </>
      }
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting />
          </div>
        }
      >
        {() => (
          <DataTable
            fill
            label="Billing periods"
            file={{ table: "periods" }}
            columns={COLUMNS}
            rows={shown}
            rowId={(period) =>
              [
                period.client,
                period.billing_account,
                period.period,
                period.source,
                period.part,
                period.version,
              ].join(" ")
            }
            onOpen={(period) =>
              navigate({
                to: "/data/period",
                search: {
                  client: period.client,
                  account: period.billing_account,
                  period: period.period,
                },
              })
            }
            empty={
              <Empty
                icon={<IconDatabase size={24} stroke={1.6} />}
                title="No billing period is loaded"
                action={<Group gap={8}>{importButton}</Group>}
              >
                Import a FOCUS or cost-and-usage file (or drop it anywhere), or add a connection to AWS under{" "}
                <button type="button" className="plain" onClick={() => navigate({ to: "/settings/clients" })}>
                  <u>Clients</u>
                </button>{" "}
                and sync.
              </Empty>
            }
          />
        )}
      </Answer>
    </Page>
  );
}
