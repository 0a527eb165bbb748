import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport, IconFileText } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { host } from "../../host/client";
import type { Overview } from "../../host/wire";
import { AsOfBanner, AsOfControl } from "../../shared/AsOf";
import { Basis, isFinal } from "../../shared/Basis";
import { nameMonth } from "../../shared/days";
import { ring } from "../../shared/door-bell";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { Page } from "../../shared/Page";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { periods } from "../../shared/queries";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { AtRisk } from "./AtRisk";
import { Attention } from "./Attention";
import { CurrencyOverview } from "./CurrencyOverview";
import { overview } from "./load";
import { ReportDialog } from "./ReportDialog";

const route = getRouteApi("/");

async function importFile() {
  const picked = await host().pickFiles();
  if (picked.length > 0) ring({ open: "import", picked });
}

function FirstBill() {
  return (
    <Empty
      icon={<IconFileImport size={24} stroke={1.6} />}
      title="No bill is loaded yet"
      action={
        <Button onClick={importFile} leftSection={<IconFileImport size={16} aria-hidden="true" />}>
          Import a bill
        </Button>
      }
    >
      Drop a FOCUS or cost-and-usage file anywhere on this window, or connect AWS Cost Explorer under Clients.
      Then this page shows what the month cost and what drove it.
    </Empty>
  );
}

function Month({ answer, month, asOf }: { answer: Overview; month: string; asOf: string | undefined }) {
  return (
    <>
      <Attention items={answer.attention} />
      {answer.results.map((result, at) => (
        <CurrencyOverview
          key={result.currency}
          result={result}
          month={month}
          asOf={asOf}
          below={at === 0 && <AtRisk answer={answer} month={month} />}
          end={answer.forecast.find((one) => one.currency === result.currency)}
          open={answer.periods.some((period) => !isFinal(period.status))}
        />
      ))}
      {answer.results.length === 0 && (
        <p className="soft">
          Nothing is loaded for {nameMonth(month)}. Choose another month, or import its bill.
        </p>
      )}
    </>
  );
}

/** This month: what it cost, what drove it, who, and what needs a person. */
export function OverviewPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month);
  const loaded = useQuery(periods);
  const nothing = loaded.data?.length === 0;
  const query = useQuery({
    ...overview(month ?? "", search.as_of),
    enabled: month !== undefined && !nothing,
  });
  const [reporting, report] = useDisclosure(false);
  const setDay = (as_of: string | undefined) => navigate({ to: "/", search: { ...search, as_of } });
  return (
    <Page
      title="Overview"
      note={query.data !== undefined && <Basis periods={query.data.periods} />}
      actions={
        month !== undefined &&
        !nothing && (
          <>
            <Button
              variant="default"
              leftSection={<IconFileText size={16} aria-hidden="true" />}
              onClick={report.open}
            >
              Report…
            </Button>
            <AsOfControl day={search.as_of} onChange={setDay} />
            <MonthPicker
              month={month}
              onChange={(chosen) => navigate({ to: "/", search: { ...search, month: chosen } })}
            />
          </>
        )
      }
      banner={
        month !== undefined && (
          <>
            <AsOfBanner day={search.as_of} onChange={setDay} />
            <QuarantineBanner from={month} to={month} />
          </>
        )
      }
    >
      {reporting && month !== undefined && <ReportDialog month={month} onClose={report.close} />}
      {nothing ? (
        <FirstBill />
      ) : (
        <Answer query={query} waiting={<Waiting rows={8} height={44} />}>
          {(answer) => <Month answer={answer} month={answer.month ?? month ?? ""} asOf={search.as_of} />}
        </Answer>
      )}
    </Page>
  );
}
