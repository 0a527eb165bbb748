import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArchive,
  IconArrowLeft,
  IconDots,
  IconEdit,
  IconFileInvoice,
  IconServer2,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { AccountItem } from "../../shared/Account";
import { AsOfBanner, AsOfControl } from "../../shared/AsOf";
import { nameMonth } from "../../shared/days";
import { ExportTable } from "../../shared/ExportTable";
import { MonthPicker } from "../../shared/MonthPicker";
import { showDone } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { useMay } from "../../shared/permissions";
import { people } from "../../shared/queries";
import { useMonth } from "../../shared/useMonth";
import { Answer } from "../../shared/Waiting";
import { changePerson, statement } from "./load";
import { PersonDialog } from "./PersonDialog";
import { Statement } from "./Statement";
import { Year } from "./Year";

const route = getRouteApi("/people/$id");

/** One person's month: by service and resource, against the month before, and the year behind it. */
export function StatementPage() {
  const id = Number(route.useParams().id);
  const search = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const month = useMonth(search.month);
  const everybody = useQuery(people);
  const person = everybody.data?.find((one) => one.id === id);
  const query = useQuery({ ...statement(id, month ?? "", search.as_of), enabled: month !== undefined });
  const mayRead = useMay("read invoices");
  const [editing, edit] = useDisclosure(false);
  const archive = useMutation({
    mutationFn: (archived: boolean) => changePerson(id, { archived }),
    onSuccess: (changed) => {
      void cache.invalidateQueries();
      showDone(
        changed.archived
          ? `${changed.name} was archived; the past stays as it is`
          : `${changed.name} is back`,
        () => archive.mutate(!changed.archived),
      );
    },
  });
  const name = person?.name ?? query.data?.person.name ?? "";
  const show = (part: { month?: string; as_of?: string | undefined }) =>
    navigate({ to: "/people/$id", params: { id: String(id) }, search: { ...search, ...part } });
  return (
    <Page
      title={name === "" ? " " : name}
      name={name}
      above={
        <Link to="/people" search={{ month: search.month }}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> People
        </Link>
      }
      note={person?.email}
      actions={
        <>
          <AsOfControl day={search.as_of} onChange={(as_of) => show({ as_of })} />
          {month !== undefined && (
            <MonthPicker month={month} onChange={(chosen) => show({ month: chosen })} />
          )}
          {month !== undefined && (
            <ExportTable
              label={`${name}, ${nameMonth(month)}`}
              file={{ table: "statement", query: { person: id, month, as_of: search.as_of } }}
            />
          )}
          <Button
            component={Link}
            variant="default"
            leftSection={<IconServer2 size={15} aria-hidden="true" />}
            to="/resources"
            search={{ owner: ["unowned"], month, for: `person:${name}` } as never}
          >
            Assign resources
          </Button>
          {mayRead && (
            <Button
              component={Link}
              variant="default"
              leftSection={<IconFileInvoice size={15} aria-hidden="true" />}
              to="/invoices"
              search={{ month } as never}
            >
              Invoices
            </Button>
          )}
          {person !== undefined && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" px={8} aria-label="More">
                  <IconDots size={16} aria-hidden="true" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <AccountItem of={`person:${id}`} />
                <Menu.Item leftSection={<IconEdit size={15} aria-hidden="true" />} onClick={edit.open}>
                  Change name or email
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconArchive size={15} aria-hidden="true" />}
                  onClick={() => archive.mutate(!person.archived)}
                >
                  {person.archived ? "Bring back" : "Archive"}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
      banner={<AsOfBanner day={search.as_of} onChange={(as_of) => show({ as_of })} />}
    >
      <Answer query={query}>
        {(answer) =>
          answer.results.length === 0 ? (
            <p className="soft">
              Nothing of {nameMonth(answer.month)} belongs to {name}.
            </p>
          ) : (
            answer.results.map((result) => (
              <Statement
                key={result.currency}
                result={result}
                month={answer.month}
                person={name}
                asOf={search.as_of}
              />
            ))
          )
        }
      </Answer>
      {month !== undefined && name !== "" && <Year person={name} month={month} />}
      {person !== undefined && <PersonDialog opened={editing} onClose={edit.close} person={person} />}
    </Page>
  );
}
