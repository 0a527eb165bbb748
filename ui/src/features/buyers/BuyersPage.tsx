import { Button } from "@mantine/core";
import { IconAddressBook, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Buyer } from "../../host/wire";
import { nameCountry } from "../../shared/countries";
import { type Column, DataTable } from "../../shared/DataTable";
import { Empty } from "../../shared/Empty";
import { Page } from "../../shared/Page";
import { SettingsTabs } from "../../shared/SettingsTabs";
import { TwoLines } from "../../shared/TwoLines";
import { Answer, Waiting } from "../../shared/Waiting";
import { BuyerDrawer } from "./BuyerDrawer";
import { buyers, nameOf } from "./load";

const COLUMNS: Column<Buyer>[] = [
  {
    id: "name",
    head: "Buyer",
    sort: (left, right) => nameOf(left).localeCompare(nameOf(right)),
    cell: (buyer) => (
      <TwoLines
        first={nameOf(buyer)}
        second={buyer.of.label === nameOf(buyer) ? null : `for ${buyer.of.kind} ${buyer.of.label}`}
      />
    ),
  },
  {
    id: "country",
    head: "Country",
    sort: (left, right) => nameCountry(left.country).localeCompare(nameCountry(right.country)),
    cell: (buyer) => nameCountry(buyer.country),
  },
  { id: "tax", head: "Tax id", minor: true, cell: (buyer) => buyer.tax_id },
  { id: "order", head: "Purchase order", minor: true, cell: (buyer) => buyer.purchase_order },
  { id: "email", head: "Email", minor: true, cell: (buyer) => buyer.email },
];

/** Who is billed, at which address and on which terms. */
export function BuyersPage() {
  const query = useQuery(buyers);
  const [open, setOpen] = useState<{ buyer: Buyer | undefined }>();
  const addButton = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setOpen({ buyer: undefined })}
    >
      Add a buyer
    </Button>
  );
  return (
    <Page
      fill
      title="Settings"
      name="Buyers"
      actions={query.data !== undefined && query.data.length > 0 && addButton}
      controls={<SettingsTabs current="buyers" />}
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={6} height={44} />
          </div>
        }
      >
        {(all) => (
          <DataTable
            fill
            tall
            label="Buyers"
            file={{ table: "buyers" }}
            columns={COLUMNS}
            rows={all}
            rowId={(buyer) => buyer.id}
            onOpen={(buyer) => setOpen({ buyer })}
            empty={
              <Empty
                icon={<IconAddressBook size={24} stroke={1.6} />}
                title="Invoices name people and teams only"
                action={addButton}
              >
                A buyer is the name, the address and the tax id that an invoice is addressed to. With a
                country the right tax is charged, and electronic invoices can be made.
              </Empty>
            }
          />
        )}
      </Answer>
      <BuyerDrawer opened={open !== undefined} buyer={open?.buyer} onClose={() => setOpen(undefined)} />
    </Page>
  );
}
