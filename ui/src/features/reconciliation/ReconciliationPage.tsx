import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { DataTabs } from "../../shared/DataTabs";
import { nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { MonthPicker } from "../../shared/MonthPicker";
import { Page } from "../../shared/Page";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { ClientReconciliation } from "./ClientReconciliation";
import { gravestFirst, reconciliation } from "./load";
import { RunDialog } from "./RunDialog";

const route = getRouteApi("/reconciliation");

/** Whether this ledger agrees with the provider's own totals, and if not, why. */
export function ReconciliationPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const query = useQuery({ ...reconciliation(month ?? ""), enabled: month !== undefined });
  const [client, setClient] = useState<string>();
  const [opened, dialog] = useDisclosure(false);
  const run = (which?: string) => {
    setClient(which);
    dialog.open();
  };
  const runButton = (
    <Button leftSection={<IconScale size={16} aria-hidden="true" />} onClick={() => run()}>
      Reconcile {month !== undefined && nameMonth(month)}…
    </Button>
  );
  return (
    <Page
      title="Data"
      note="A month's totals side by side: each difference is named, or said to be unexplained."
      actions={
        month !== undefined && (
          <>
            <MonthPicker
              month={month}
              onChange={(next) => navigate({ to: "/reconciliation", search: { month: next } })}
            />
            <ExportTable label="Reconciliation" file={{ table: "reconciliation", query: { month } }} />
            {(query.data?.clients.length ?? 0) > 0 && runButton}
          </>
        )
      }
      controls={<DataTabs current="reconciliation" />}
    >
      <Answer query={query} waiting={<Waiting rows={8} />}>
        {(answer) =>
          answer.clients.length === 0 ? (
            <Empty
              icon={<IconScale size={24} stroke={1.6} />}
              title={`${nameMonth(answer.month)} was not reconciled yet`}
              action={runButton}
            >
              Compare what is loaded with Cost Explorer's total and AWS's invoice. What differs is named: tax,
              support, credits, rounding, a missing file.
            </Empty>
          ) : (
            gravestFirst(answer.clients).map((one) => (
              <ClientReconciliation
                key={`${one.client.id} ${one.billing_account} ${one.currency}`}
                of={one}
                onRun={() => run(one.client.name)}
              />
            ))
          )
        }
      </Answer>
      {month !== undefined && (
        <RunDialog month={month} client={client} opened={opened} onClose={dialog.close} />
      )}
    </Page>
  );
}
