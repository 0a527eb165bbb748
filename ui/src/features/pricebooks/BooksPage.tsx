import { Button, Group } from "@mantine/core";
import { IconPlus, IconTags } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { PriceBook } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { InvoicesTabs } from "../../shared/InvoicesTabs";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { TwoLines } from "../../shared/TwoLines";
import { Answer, Waiting } from "../../shared/Waiting";
import { BookDrawer } from "./BookDrawer";
import { OpenFile } from "./FileDialog";
import { books, nameScope } from "./load";

const route = getRouteApi("/price-books");

/** `Everyone`, `Platform, Storefront`. */
export function nameUse({ used_for }: Pick<PriceBook, "used_for">): string {
  return used_for.length === 0 ? "nobody yet" : used_for.map(nameScope).join(", ");
}

const COLUMNS: Column<PriceBook>[] = [
  {
    id: "name",
    head: "Price book",
    sort: (left, right) => left.name.localeCompare(right.name),
    cell: (book) => <TwoLines first={book.name} second={book.note} />,
  },
  {
    id: "for",
    head: "Used for",
    cell: (book) => <span title={nameUse(book)}>{nameUse(book)}</span>,
  },
  { id: "entries", head: "Prices", figures: true, cell: (book) => formatCount(book.entries.length) },
  { id: "currency", head: "Currency", minor: true, cell: (book) => book.currency },
  {
    id: "changed",
    head: "Changed",
    minor: true,
    sort: (left, right) => left.changed_at.localeCompare(right.changed_at),
    cell: (book) => `${nameMoment(book.changed_at)}, ${book.changed_by}`,
  },
];

/** What is charged for what things cost. */
export function BooksPage() {
  const { add } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(books);
  const adding = (open: boolean) =>
    navigate({ to: "/price-books", search: open ? { add: true } : {}, replace: true });
  const open = (book: PriceBook) =>
    navigate({ to: "/price-books/$id", params: { id: String(book.id) }, search: {} });
  const addButtons = (
    <Group gap={8}>
      <OpenFile books={query.data ?? []} onRead={open} />
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => adding(true)}>
        New price book
      </Button>
    </Group>
  );
  return (
    <Page
      fill
      title="Price books"
      actions={query.data !== undefined && query.data.length > 0 && addButtons}
      controls={<InvoicesTabs current="books" />}
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={5} height={44} />
          </div>
        }
      >
        {(all) => (
          <DataTable
            fill
            tall
            label="Price books"
            file={{ table: "price-books" }}
            columns={COLUMNS}
            rows={all}
            rowId={(book) => String(book.id)}
            onOpen={open}
            empty={
              <Empty
                icon={<IconTags size={24} stroke={1.6} />}
                title="What things cost is what is charged"
                action={addButtons}
              >
                A price book changes that: a markup or a discount for a client, a team or a service, from a
                day on; tiers, fees, a minimum, credits. Before anybody is charged by it, you see last month
                as it would have been.
              </Empty>
            }
          />
        )}
      </Answer>
      <BookDrawer
        opened={add === true}
        onClose={(saved) => {
          if (saved === undefined) adding(false);
          else open(saved);
        }}
      />
    </Page>
  );
}
