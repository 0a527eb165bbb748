import { Button, FileButton, Group, Modal, Stack, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowsExchange, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ExchangeRate } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameDay, today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { compareAmounts, formatCount, readAmount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { SettingsTabs } from "../../shared/SettingsTabs";
import { Answer, Waiting } from "../../shared/Waiting";
import { deleteRate, exchangeRates, importRates, saveRate } from "./load";

const COLUMNS: Column<ExchangeRate>[] = [
  {
    id: "day",
    head: "Day",
    sort: (left, right) => left.day.localeCompare(right.day),
    cell: ({ day }) => nameDay(day),
  },
  {
    id: "pair",
    head: "From and to",
    sort: (left, right) => `${left.from} ${left.to}`.localeCompare(`${right.from} ${right.to}`),
    cell: ({ from, to }) => `1 ${from} in ${to}`,
  },
  {
    id: "rate",
    head: "Rate",
    figures: true,
    sort: (left, right) => compareAmounts(left.rate, right.rate),
    cell: ({ rate }) => rate,
  },
  { id: "source", head: "From", minor: true, cell: ({ source }) => <span className="soft">{source}</span> },
];

const CODE = /^[A-Za-z]{3}$/;

function RateForm({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const [filled, setFilled] = useState({ from: "USD", to: "EUR", rate: "", day: today(), source: "" });
  const fill = (part: Partial<typeof filled>) => setFilled({ ...filled, ...part });
  const rate = readAmount(filled.rate);
  const codes = CODE.test(filled.from.trim()) && CODE.test(filled.to.trim());
  const undo = useMutation({ mutationFn: deleteRate, onSettled: () => cache.invalidateQueries() });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: saveRate,
    onSuccess: (_, entered) => {
      void cache.invalidateQueries();
      showDone(`1 ${entered.from} is ${entered.rate} ${entered.to} on ${nameDay(entered.day)}`, () =>
        undo.mutate(entered),
      );
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          from: filled.from.trim().toUpperCase(),
          to: filled.to.trim().toUpperCase(),
          rate: rate ?? "",
          day: filled.day,
          source: filled.source.trim(),
        });
      }}
    >
      <Stack gap="sm">
        <Group grow align="flex-start" gap="sm">
          <TextInput
            label="One"
            value={filled.from}
            onChange={(event) => fill({ from: event.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            label="Is"
            inputMode="decimal"
            value={filled.rate}
            error={filled.rate !== "" && rate === undefined && "A rate such as 0.9204"}
            onChange={(event) => fill({ rate: event.currentTarget.value })}
          />
          <TextInput
            label="Of"
            value={filled.to}
            onChange={(event) => fill({ to: event.currentTarget.value })}
          />
        </Group>
        <DatePickerInput
          label="On"
          value={filled.day}
          valueFormat="MMM D, YYYY"
          onChange={(day) => day !== null && fill({ day })}
        />
        <TextInput
          label="Where it is from"
          placeholder="Our bank's confirmation"
          description="Stands on the invoice beside the rate"
          value={filled.source}
          onChange={(event) => fill({ source: event.currentTarget.value })}
        />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!codes || rate === undefined || filled.source.trim() === ""}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** At which rates amounts are turned into another currency, with day and source. */
export function RatesPage() {
  const cache = useQueryClient();
  const query = useQuery(exchangeRates);
  const [adding, add] = useDisclosure(false);
  const take = useMutation({
    mutationFn: importRates,
    onSuccess: ({ added, changed, unchanged }) => {
      void cache.invalidateQueries();
      showDone(
        `${formatCount(added)} rates are new, ${formatCount(changed)} changed, ${formatCount(unchanged)} were known`,
      );
    },
  });
  const buttons = (primary: boolean) => (
    <Group gap={8} justify={primary ? "center" : "flex-end"}>
      <FileButton
        accept=".xml,.csv,text/xml,text/csv"
        onChange={(file) => file !== null && take.mutate(file)}
      >
        {(props) => (
          <Button
            {...props}
            variant={primary ? "filled" : "default"}
            loading={take.isPending}
            leftSection={<IconFileImport size={16} aria-hidden="true" />}
          >
            Import a file…
          </Button>
        )}
      </FileButton>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add.open}>
        Add a rate
      </Button>
    </Group>
  );
  return (
    <Page
      fill
      title="Settings"
      name="Exchange rates"
      actions={query.data !== undefined && query.data.length > 0 && buttons(false)}
      controls={<SettingsTabs current="rates" />}
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={8} />
          </div>
        }
      >
        {(all) => (
          <DataTable
            fill
            label="Exchange rates"
            file={{ table: "exchange-rates" }}
            columns={COLUMNS}
            rows={all}
            rowId={({ from, to, day, source }) => `${from} ${to} ${day} ${source}`}
            empty={
              <Empty
                icon={<IconArrowsExchange size={24} stroke={1.6} />}
                title="No exchange rates yet"
                action={buttons(true)}
              >
                Costs in one currency can be invoiced in another. The rate, its day and where it is from stay
                with the invoice. Import the European Central Bank's file, or enter what your bank says.
              </Empty>
            }
          />
        )}
      </Answer>
      <Modal opened={adding} onClose={add.close} title="Add an exchange rate">
        {adding && <RateForm onClose={add.close} />}
      </Modal>
    </Page>
  );
}
