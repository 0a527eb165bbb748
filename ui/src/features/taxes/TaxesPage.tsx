import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconListCheck, IconPlus, IconReceiptTax } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TaxTable } from "../../host/wire";
import { nameCountry } from "../../shared/countries";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameDay, today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { Page } from "../../shared/Page";
import { SettingsTabs } from "../../shared/SettingsTabs";
import { TwoLines } from "../../shared/TwoLines";
import { Answer, Waiting } from "../../shared/Waiting";
import { taxRules, taxTables } from "./load";
import { RulesDrawer } from "./RulesDrawer";
import { TaxDrawer } from "./TaxDrawer";

/** The rates of this kind that hold today. */
function now({ rates }: TaxTable, category: string): string {
  const day = today();
  return rates
    .filter(
      (rate) =>
        rate.category === category && (rate.from ?? day) <= day && (rate.to === null || rate.to >= day),
    )
    .map(({ percent, region }) => (region === null ? `${percent} %` : `${percent} % (${region})`))
    .join(", ");
}

const COLUMNS: Column<TaxTable>[] = [
  {
    id: "country",
    head: "Country",
    sort: (left, right) => nameCountry(left.country).localeCompare(nameCountry(right.country)),
    cell: (table) => <TwoLines first={nameCountry(table.country)} second={table.country} />,
  },
  {
    id: "standard",
    head: "Standard, today",
    figures: true,
    cell: (table) => now(table, "standard") || <span className="soft">none</span>,
  },
  {
    id: "reduced",
    head: "Reduced, today",
    figures: true,
    minor: true,
    cell: (table) => now(table, "reduced"),
  },
  {
    id: "source",
    head: "From",
    minor: true,
    cell: ({ source, checked_on, own }) => (
      <span className="soft" title={source}>
        {own ? "entered here: " : ""}
        {source}, {nameDay(checked_on)}
      </span>
    ),
  },
];

/** Which tax is charged where, and from when to when. */
export function TaxesPage() {
  const query = useQuery(taxTables);
  const rules = useQuery(taxRules).data;
  const [ruling, rule] = useDisclosure(false);
  const [open, setOpen] = useState<{ table: TaxTable | undefined }>();
  const addButton = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setOpen({ table: undefined })}
    >
      Add a country
    </Button>
  );
  return (
    <Page
      fill
      title="Settings"
      name="Taxes"
      note="the rates that invoices are made with; a gap in the days is told before anything is issued"
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconListCheck size={16} aria-hidden="true" />}
            disabled={rules === undefined}
            onClick={rule.open}
          >
            {rules === undefined || rules.length === 0
              ? "Lines taxed otherwise…"
              : `Lines taxed otherwise: ${rules.length}`}
          </Button>
          {addButton}
        </>
      }
      controls={<SettingsTabs current="taxes" />}
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={8} height={44} />
          </div>
        }
      >
        {(all) => (
          <DataTable
            fill
            tall
            label="Tax tables"
            file={{ table: "tax-rates" }}
            columns={COLUMNS}
            rows={all}
            rowId={(table) => table.country}
            onOpen={(table) => setOpen({ table })}
            empty={
              <Empty icon={<IconReceiptTax size={24} stroke={1.6} />} title="No rates yet" action={addButton}>
                With the rates of the seller's and the buyers' countries, each invoice has the tax of its day,
                or none where the law says so. Until then all have the rate of the settings.
              </Empty>
            }
          />
        )}
      </Answer>
      <TaxDrawer opened={open !== undefined} table={open?.table} onClose={() => setOpen(undefined)} />
      <RulesDrawer opened={ruling} rules={rules ?? []} onClose={rule.close} />
    </Page>
  );
}
