import { ActionIcon, Badge, Button, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconListCheck, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Rule } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { Empty } from "../../shared/Empty";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { ResourcesTabs } from "../../shared/ResourcesTabs";
import { Answer, Waiting } from "../../shared/Waiting";
import { AssignDialog, type AssignStart } from "./AssignDialog";
import { addRule, deleteRule, describeDays, draftOf, moveRule, nameMatcher, rules } from "./load";

function columnsFor(
  count: number,
  move: (rule: Rule, position: number) => void,
  remove: (rule: Rule) => void,
): Column<Rule>[] {
  return [
    {
      id: "position",
      head: "Order",
      width: 110,
      cell: (rule) => (
        <Group gap={2} wrap="nowrap">
          <span className="figure" style={{ minWidth: 22 }}>
            {rule.position}
          </span>
          <ActionIcon
            size={24}
            aria-label={`Move rule ${rule.position} up`}
            style={{ visibility: rule.position <= 1 ? "hidden" : "visible" }}
            onClick={() => move(rule, rule.position - 1)}
          >
            <IconArrowUp size={14} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon
            size={24}
            aria-label={`Move rule ${rule.position} down`}
            style={{ visibility: rule.position >= count ? "hidden" : "visible" }}
            onClick={() => move(rule, rule.position + 1)}
          >
            <IconArrowDown size={14} aria-hidden="true" />
          </ActionIcon>
        </Group>
      ),
    },
    {
      id: "matches",
      head: "What matches",
      cell: (rule) => <span title={rule.text}>{rule.matchers.map(nameMatcher).join(" and ")}</span>,
    },
    {
      id: "owner",
      head: "Belongs to",
      cell: (rule) => (
        <Group gap={6} wrap="nowrap">
          <span style={{ fontWeight: 550 }}>{rule.owner.label}</span>
          {rule.owner.kind !== "person" && (
            <Badge color="gray" c="inherit">
              {rule.owner.kind}
            </Badge>
          )}
        </Group>
      ),
    },
    { id: "days", head: "When", cell: (rule) => describeDays(rule.from, rule.to) },
    { id: "note", head: "Note", minor: true, cell: (rule) => <span className="soft">{rule.note}</span> },
    {
      id: "remove",
      head: "",
      width: 84,
      cell: (rule) => (
        <ActionIcon aria-label={`Delete the rule for ${rule.text}`} onClick={() => remove(rule)}>
          <IconTrash size={15} aria-hidden="true" />
        </ActionIcon>
      ),
    },
  ];
}

/** The rules in their order: the first that matches says whose a charge is. */
export function RulesPage() {
  const cache = useQueryClient();
  const query = useQuery(rules);
  const [adding, setAdding] = useState<AssignStart>();
  const done = () => cache.invalidateQueries();
  const { mutate: move } = useMutation({
    mutationFn: ({ rule, position }: { rule: Rule; position: number }) => moveRule(rule.id, position),
    onSuccess: done,
  });
  const { mutate: remove } = useMutation({
    mutationFn: (rule: Rule) => deleteRule(rule.id),
    onSuccess: (answer, rule) => {
      void done();
      const charges = answer?.reallocated.charges ?? 0;
      showDone(`The rule is gone; ${formatCount(charges)} charges changed hands`, () => {
        addRule(draftOf(rule)).then(done);
      });
    },
  });
  const count = query.data?.length ?? 0;
  const columns = useMemo(
    () => columnsFor(count, (rule, position) => move({ rule, position }), remove),
    [count, move, remove],
  );
  const addButton = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setAdding({ kind: "tag", resources: [], owner: null })}
    >
      New rule
    </Button>
  );
  return (
    <Page
      fill
      title="Resources"
      name="Ownership rules"
      note="The first rule that matches says whose a charge is. A change counts for every day the rule holds."
      actions={addButton}
      controls={<ResourcesTabs current="rules" />}
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting />
          </div>
        }
      >
        {(all) => (
          <DataTable
            fill
            label="Ownership rules"
            file={{ table: "rules" }}
            columns={columns}
            rows={all}
            rowId={(rule) => String(rule.id)}
            empty={
              <Empty icon={<IconListCheck size={24} stroke={1.6} />} title="No rules yet" action={addButton}>
                A rule gives a tag, an account, a service or one resource to a person or a team, from a day
                on. Months that are loaded already change hands with it.
              </Empty>
            }
          />
        )}
      </Answer>
      <AssignDialog start={adding} month={undefined} onClose={() => setAdding(undefined)} />
    </Page>
  );
}
