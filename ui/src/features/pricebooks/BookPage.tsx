import { Button, Menu, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowLeft,
  IconDots,
  IconDownload,
  IconEdit,
  IconPlus,
  IconTags,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { PriceBook, PriceEntry } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { showDone } from "../../shared/notices";
import { Page, Section } from "../../shared/Page";
import { useMonth } from "../../shared/useMonth";
import { Answer } from "../../shared/Waiting";
import { BookDrawer } from "./BookDrawer";
import { nameUse } from "./BooksPage";
import { EntryDrawer } from "./EntryDrawer";
import {
  book,
  deleteBook,
  draftOf,
  type FileFormat,
  nameRule,
  nameScope,
  nameValidity,
  saveBook,
  type Whose,
  writeBook,
} from "./load";
import { Preview } from "./Preview";

const route = getRouteApi("/price-books/$id");

type Line = { entry: PriceEntry; at: number };

function columnsOf(currency: string | null): Column<Line>[] {
  return [
    {
      id: "for",
      head: "For",
      sort: (left, right) => nameScope(left.entry.scope).localeCompare(nameScope(right.entry.scope)),
      cell: ({ entry }) => <bdi>{nameScope(entry.scope)}</bdi>,
    },
    {
      id: "service",
      head: "Service",
      minor: true,
      cell: ({ entry }) => entry.service ?? <span className="soft">all services</span>,
    },
    { id: "rule", head: "Price", cell: ({ entry }) => nameRule(entry, currency) },
    {
      id: "valid",
      head: "Valid",
      minor: true,
      sort: (left, right) => (left.entry.from ?? "").localeCompare(right.entry.from ?? ""),
      cell: ({ entry }) => nameValidity(entry),
    },
  ];
}

/** Deletes a book; having it back creates one like it. */
function useDeleting(kept: PriceBook | undefined) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const restore = useMutation({
    mutationFn: (before: PriceBook) => saveBook(draftOf(before)),
    onSettled: () => cache.invalidateQueries(),
  });
  return useMutation({
    mutationFn: async () => kept !== undefined && deleteBook(kept.id),
    onSuccess: () => {
      if (kept === undefined) return;
      cache.removeQueries({ queryKey: ["price books", kept.id] });
      void cache.invalidateQueries();
      showDone(`${kept.name} is gone; what was issued by it stays`, () => restore.mutate(kept));
      navigate({ to: "/price-books", search: {} });
    },
  });
}

/** Saves the book as a file, to be changed elsewhere and opened again. */
function SaveItems({ kept }: { kept: PriceBook }) {
  const save = useMutation({
    mutationFn: (format: FileFormat) => writeBook(kept, format),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  return (["csv", "toml"] as const).map((format) => (
    <Menu.Item
      key={format}
      leftSection={<IconDownload size={15} aria-hidden="true" />}
      onClick={() => save.mutate(format)}
    >
      Save as {format.toUpperCase()}…
    </Menu.Item>
  ));
}

function Entries({
  kept,
  onAdd,
  onOpen,
}: {
  kept: PriceBook;
  onAdd: () => void;
  onOpen: (at: number) => void;
}) {
  const columns = useMemo(() => columnsOf(kept.currency), [kept.currency]);
  const lines = useMemo(() => kept.entries.map((entry, at) => ({ entry, at })), [kept.entries]);
  return (
    <DataTable
      label="Prices"
      columns={columns}
      rows={lines}
      rowId={({ at }) => String(at)}
      onOpen={({ at }) => onOpen(at)}
      empty={
        <Empty
          icon={<IconTags size={24} stroke={1.6} />}
          title="No price yet"
          action={
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={onAdd}>
              Add the first price
            </Button>
          }
        >
          Without one, what things cost is what is charged. Where several prices match, that of the person
          wins over the team's, the client's and everyone's; then the one for the service; then the later one.
        </Empty>
      }
    />
  );
}

/** One price book: its prices by whom and when, and a month as it would charge it. */
export function BookPage() {
  const id = Number(route.useParams().id);
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(book(id));
  const month = useMonth(search.month);
  const [changing, edit] = useDisclosure(false);
  const [entry, setEntry] = useState<{ at: number | undefined }>();
  const whose = search.whose ?? "people";
  const show = (part: { month?: string; whose?: Whose }) =>
    navigate({
      to: "/price-books/$id",
      params: { id: String(id) },
      search: { ...search, ...part },
      replace: true,
    });
  const kept = query.data;
  const remove = useDeleting(kept);
  return (
    <Page
      title={kept?.name ?? "Price book"}
      above={
        <Link to="/price-books" search={{}}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Price books
        </Link>
      }
      note={kept !== undefined && <>used for {nameUse(kept)}</>}
      actions={
        kept !== undefined && (
          <>
            <Button
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => setEntry({ at: undefined })}
            >
              Add a price
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" px={8} aria-label="More">
                  <IconDots size={16} aria-hidden="true" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconEdit size={15} aria-hidden="true" />} onClick={edit.open}>
                  Name, currency, whom it is for…
                </Menu.Item>
                <SaveItems kept={kept} />
                <Menu.Item
                  leftSection={<IconTrash size={15} aria-hidden="true" />}
                  onClick={() => remove.mutate()}
                >
                  Delete
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )
      }
    >
      <Answer query={query}>
        {(answer) => (
          <>
            <Section title="Prices">
              <Entries
                kept={answer}
                onAdd={() => setEntry({ at: undefined })}
                onOpen={(at) => setEntry({ at })}
              />
            </Section>
            {month !== undefined && (
              <Section
                title={`${nameMonth(month)} by this book`}
                note="as if everybody it can price had it; nothing is changed by looking"
                actions={
                  <>
                    <SegmentedControl
                      aria-label="Whose month"
                      data={[
                        { value: "people", label: "People" },
                        { value: "teams", label: "Teams" },
                        { value: "clients", label: "Clients" },
                      ]}
                      value={whose}
                      onChange={(next) => show({ whose: next as Whose })}
                    />
                    <MonthPicker month={month} onChange={(next) => show({ month: next })} />
                  </>
                }
              >
                <Preview book={id} month={month} whose={whose} />
              </Section>
            )}
            <BookDrawer opened={changing} book={answer} onClose={edit.close} />
            <EntryDrawer
              opened={entry !== undefined}
              book={answer}
              at={entry?.at}
              month={month}
              onClose={() => setEntry(undefined)}
            />
          </>
        )}
      </Answer>
    </Page>
  );
}
