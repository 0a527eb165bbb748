import { Button } from "@mantine/core";
import { IconArrowLeft, IconDownload, IconFileDollar } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AccountResult, AccountRow } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { addMonths, firstDay, lastDay, monthOf, nameDay, nameRange, today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { formatMoney } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Page, Section } from "../../shared/Page";
import { RangePicker } from "../../shared/RangePicker";
import { Answer } from "../../shared/Waiting";
import { account, saveAccount } from "./load";

const route = getRouteApi("/invoices/account");

const KINDS: Record<string, string> = {
  invoice: "Invoice",
  credit_note: "Credit note",
  payment: "Payment",
};

function columnsOf({ closing }: AccountResult): Column<AccountRow>[] {
  const side = (id: "debit" | "credit", head: string): Column<AccountRow> => ({
    id,
    head,
    figures: true,
    minor: true,
    cell: (row) => {
      const amount = row[id];
      return amount === null ? "" : <Amount amount={amount} />;
    },
  });
  return [
    { id: "day", head: "Day", cell: (row) => nameDay(row.day), foot: "Balance" },
    {
      id: "what",
      head: "What",
      cell: (row) => (
        <>
          {KINDS[row.kind] ?? row.kind}{" "}
          <Link to="/invoices/$id" params={{ id: String(row.id) }} search={{}}>
            {row.number}
          </Link>
          {row.text !== null && row.text !== "" && <span className="soft"> · {row.text}</span>}
        </>
      ),
    },
    side("debit", "Billed"),
    side("credit", "Paid or credited"),
    {
      id: "balance",
      head: "Owed",
      figures: true,
      cell: (row) => <Amount amount={row.balance} />,
      foot: <Amount amount={closing} />,
    },
  ];
}

type AccountProps = { of: string; result: AccountResult; from: string; to: string };

function Account({ of, result, from, to }: AccountProps) {
  const columns = useMemo(() => columnsOf(result), [result]);
  const { currency, opening, closing, rows } = result;
  return (
    <Section
      title={currency}
      note={
        <>
          {formatMoney(opening, currency)} owed before {nameDay(from)}, {formatMoney(closing, currency)} at
          the end of {nameDay(to)}
        </>
      }
    >
      <DataTable
        label={`Account in ${currency}`}
        file={{ table: "account", query: { for: of, from, to } }}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.day} ${row.kind} ${row.id} ${row.balance} ${row.text}`}
      />
    </Section>
  );
}

/** What somebody was billed, paid and was credited, and what that leaves. */
export function AccountPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const owner = search.for ?? "";
  const from = search.from ?? firstDay(addMonths(monthOf(today()), -11));
  const to = search.to ?? lastDay(monthOf(today()));
  const query = useQuery({ ...account(owner, from, to), enabled: owner !== "" });
  const name = query.data?.for.label;
  const save = useMutation({
    mutationFn: () => saveAccount(owner, name ?? "", from, to),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  return (
    <Page
      title={name === undefined ? "Statement of account" : `Account of ${name}`}
      above={
        <Link to="/invoices" search={{}}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Invoices
        </Link>
      }
      note={nameRange(from, to)}
      actions={
        <>
          <RangePicker
            from={from}
            to={to}
            onChange={(first, last) =>
              navigate({ to: "/invoices/account", search: { for: owner, from: first, to: last } })
            }
          />
          {name !== undefined && (
            <Button
              variant="default"
              leftSection={<IconDownload size={15} aria-hidden="true" />}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              Save PDF
            </Button>
          )}
        </>
      }
    >
      {owner === "" ? (
        <p className="soft">Whose account? It opens from an invoice, or from a person's or a team's page.</p>
      ) : (
        <Answer query={query}>
          {({ results }) =>
            results.length === 0 ? (
              <Empty icon={<IconFileDollar size={24} stroke={1.6} />} title="Nothing on this account">
                Invoices that were issued in these days, what was paid of them and what was credited would
                stand here.
              </Empty>
            ) : (
              results.map((result) => (
                <Account of={owner} key={result.currency} result={result} from={from} to={to} />
              ))
            )
          }
        </Answer>
      )}
    </Page>
  );
}
