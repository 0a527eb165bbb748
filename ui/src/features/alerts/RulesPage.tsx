import { Button } from "@mantine/core";
import { IconPlus, IconTargetArrow } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Budget } from "../../host/wire";
import { channels } from "../../shared/alerts";
import { budgets, namePeriod, nameScope, nameThreshold } from "../../shared/budgets";
import { type Column, DataTable } from "../../shared/DataTable";
import { Empty } from "../../shared/Empty";
import { Page, Section } from "../../shared/Page";
import { Pager } from "../../shared/Pager";
import { TwoLines } from "../../shared/TwoLines";
import { Answer } from "../../shared/Waiting";
import { AlertsTabs } from "./AlertsTabs";
import { UnusualRule } from "./UnusualRule";

const addButton = (
  <Button
    component={Link}
    to="/budgets"
    search={{ add: true } as never}
    leftSection={<IconPlus size={16} aria-hidden="true" />}
  >
    Set a budget
  </Button>
);

function columnsOf(names: Map<number, string>): Column<Budget>[] {
  return [
    {
      id: "budget",
      head: "Budget",
      sort: (left, right) => left.name.localeCompare(right.name),
      cell: (one) => (
        <TwoLines first={one.name} second={`${nameScope(one.scope)}, ${namePeriod(one.period)}`} />
      ),
    },
    {
      id: "thresholds",
      head: "Told at",
      cell: (one) => {
        const on = (measure: string) =>
          one.thresholds
            .filter((threshold) => threshold.on === measure)
            .map((threshold) => nameThreshold(threshold, one.currency))
            .join(", ");
        const [spent, forecast] = [on("actual"), on("forecast")];
        if (spent === "" && forecast === "") return <span className="soft">nothing</span>;
        return spent === "" ? <TwoLines first={forecast} /> : <TwoLines first={spent} second={forecast} />;
      },
    },
    {
      id: "channels",
      head: "By",
      minor: true,
      cell: (one) => {
        const told = ["popup", ...one.channels.map((id) => names.get(id) ?? `channel ${id}`)].join(", ");
        return <span title={told}>{told}</span>;
      },
    },
  ];
}

/** Rules on a page. */
const PAGE = 100;

/** When somebody is told: the thresholds of the budgets, and what is unusual. */
export function RulesPage() {
  const navigate = useNavigate();
  const [page, setPage] = useState(1);
  const query = useQuery({ ...budgets({ page, limit: PAGE }), placeholderData: keepPreviousData });
  const ways = useQuery(channels);
  const names = new Map((ways.data ?? []).map((one) => [one.id, one.name]));
  return (
    <Page
      title="Alerts"
      note="When somebody is told, and by which way"
      actions={addButton}
      controls={<AlertsTabs current="rules" />}
    >
      <Section
        title="Budgets"
        note="each threshold is told once in its period; an expected one again after it fell by five points"
      >
        <Answer query={query}>
          {(answer) => (
            <>
              <DataTable
                tall
                label="Rules of budgets"
                columns={columnsOf(names)}
                rows={answer.budgets}
                rowId={(one) => String(one.id)}
                onOpen={(one) =>
                  navigate({ to: "/budgets/$id", params: { id: String(one.id) }, search: { edit: true } })
                }
                empty={
                  <Empty
                    icon={<IconTargetArrow size={24} stroke={1.6} />}
                    title="No budget yet"
                    action={addButton}
                  >
                    A budget carries its rules: at which height, of what is spent or expected, who is told.
                  </Empty>
                }
              />
              <Pager page={page} size={PAGE} total={answer.total} onChange={setPage} />
            </>
          )}
        </Answer>
      </Section>
      <UnusualRule />
    </Page>
  );
}
