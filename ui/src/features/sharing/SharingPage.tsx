import { ActionIcon, Button, Group } from "@mantine/core";
import { IconArrowsSplit, IconEdit, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { SharedResult, SharedRow, SharingRule } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { MonthPicker } from "../../shared/MonthPicker";
import { compareAmounts } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Page, Section } from "../../shared/Page";
import { ResourcesTabs } from "../../shared/ResourcesTabs";
import { useMonth } from "../../shared/useMonth";
import { Answer } from "../../shared/Waiting";
import { draftOf, formOf, METHODS, percentOf } from "./draft";
import { deleteSharing, saveSharing, sharedCosts, sharing } from "./load";
import styles from "./Sharing.module.css";
import { SharingDrawer } from "./SharingDrawer";

const route = getRouteApi("/sharing");

function Rule({ rule, onEdit, onDelete }: { rule: SharingRule; onEdit: () => void; onDelete: () => void }) {
  const all = rule.onward === null ? rule.takers : [...rule.takers, rule.onward];
  const { label, words } = METHODS.find(({ value }) => value === rule.method) ??
    METHODS[0] ?? { label: "", words: "" };
  return (
    <li>
      <div className={styles.rule}>
        <div className={styles.ruleHead}>
          <strong>{rule.pot.label}</strong>{" "}
          <span className="soft" title={words}>
            {label.toLowerCase()} among {all.length}
          </span>
        </div>
        <ul className={styles.takers} aria-label={`Who takes what ${rule.pot.label} owns`}>
          {all.map(({ owner, share }) => (
            <li key={owner.key} title={owner.label}>
              <span className="elide">{owner.label}</span>
              {share !== null && <span className="figure">{percentOf(share)} %</span>}
              {owner.key === rule.onward?.owner.key && <span className="soft">and on</span>}
            </li>
          ))}
        </ul>
        {rule.note !== null && <div className="soft">{rule.note}</div>}
      </div>
      <Group gap={2} wrap="nowrap">
        <ActionIcon aria-label={`Change how ${rule.pot.label} is shared`} onClick={onEdit}>
          <IconEdit size={15} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon aria-label={`Share ${rule.pot.label} no longer`} onClick={onDelete}>
          <IconTrash size={15} aria-hidden="true" />
        </ActionIcon>
      </Group>
    </li>
  );
}

const COLUMNS: Column<SharedRow>[] = [
  {
    id: "owner",
    head: "Who",
    sort: (left, right) => left.owner.label.localeCompare(right.owner.label),
    cell: ({ owner }) => owner.label,
  },
  {
    id: "direct",
    head: "Owned",
    figures: true,
    minor: true,
    sort: (left, right) => compareAmounts(left.direct, right.direct),
    cell: ({ direct }) => <Amount amount={direct} />,
  },
  {
    id: "shared",
    head: "From pots",
    figures: true,
    sort: (left, right) => compareAmounts(left.shared, right.shared),
    cell: ({ shared }) => <Amount amount={shared} />,
  },
  {
    id: "total",
    head: "Both",
    figures: true,
    sort: (left, right) => compareAmounts(left.total, right.total),
    cell: ({ total }) => <Amount amount={total} />,
  },
];

function Result({ result, month }: { result: SharedResult; month: string }) {
  const even = result.pots.filter(({ fell_back_to_even }) => fell_back_to_even);
  const columns = COLUMNS.map((column) =>
    column.id === "owner"
      ? { ...column, foot: "The bill" }
      : column.id === "total"
        ? { ...column, foot: <Amount amount={result.total} /> }
        : column,
  );
  return (
    <Section title={`What everybody has in ${nameMonth(month)}`} note={`in ${result.currency}`}>
      {even.map(({ owner }) => (
        <p key={owner.key} className={styles.even}>
          Nobody who takes part in {owner.label} owns anything that month: it was spread evenly.
        </p>
      ))}
      <DataTable
        label={`Costs after sharing in ${result.currency}`}
        file={{ table: "shared-costs", query: { month } }}
        columns={columns}
        rows={result.rows}
        rowId={({ owner }) => owner.key}
      />
    </Section>
  );
}

/** Costs that several bear: how each pot is spread, and what everybody has then. */
export function SharingPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const month = useMonth(search.month);
  const query = useQuery(sharing);
  const results = useQuery({ ...sharedCosts(month ?? ""), enabled: month !== undefined });
  const change = (part: Partial<typeof search>, replace = true) =>
    navigate({ to: "/sharing", search: { ...search, ...part }, replace });
  const done = () => cache.invalidateQueries();
  const remove = useMutation({
    mutationFn: (rule: SharingRule) => deleteSharing(rule.id),
    onSuccess: (_, rule) => {
      void done();
      const again = draftOf(formOf(rule));
      showDone(`What ${rule.pot.label} owns is its own again`, () => {
        if (again !== undefined) saveSharing(again).finally(done);
      });
    },
  });
  const addButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => change({ add: true })}>
      Share a cost
    </Button>
  );
  const edited = (query.data ?? []).find(({ id }) => id === search.edit);
  return (
    <Page
      title="Resources"
      name="Shared costs"
      note="What one owner owns is spread over others. Nothing is lost: all together is the bill."
      actions={
        <>
          {month !== undefined && (
            <MonthPicker month={month} onChange={(chosen) => change({ month: chosen }, false)} />
          )}
          {addButton}
        </>
      }
      controls={<ResourcesTabs current="sharing" />}
    >
      <Answer query={query}>
        {(rules) =>
          rules.length === 0 ? (
            <Empty
              icon={<IconArrowsSplit size={24} stroke={1.6} />}
              title="Nothing is shared"
              action={addButton}
            >
              A platform team, a support plan or a shared account costs money that others cause. Say who bears
              it: evenly, by what they own themselves, or by fixed shares. Every month follows, also those
              that are loaded already.
            </Empty>
          ) : (
            <>
              <Section
                title="What is shared"
                actions={<ExportTable label="What is shared" file={{ table: "sharing" }} />}
              >
                <ul className={styles.list} aria-label="Shared costs">
                  {rules.map((rule) => (
                    <Rule
                      key={rule.id}
                      rule={rule}
                      onEdit={() => change({ edit: rule.id })}
                      onDelete={() => remove.mutate(rule)}
                    />
                  ))}
                </ul>
              </Section>
              {month !== undefined && (
                <Answer query={results}>
                  {(all) =>
                    all.map((result) => <Result key={result.currency} result={result} month={month} />)
                  }
                </Answer>
              )}
            </>
          )
        }
      </Answer>
      <SharingDrawer
        opened={search.add === true || edited !== undefined}
        rule={search.add === true ? undefined : edited}
        month={month}
        onClose={() => change({ add: undefined, edit: undefined })}
      />
    </Page>
  );
}
