import { Button, Loader } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChartBar, IconFileExport } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AsOfBanner, AsOfControl } from "../../shared/AsOf";
import { Basis } from "../../shared/Basis";
import { firstDay, lastDay, nameDay } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { FilterBar } from "../../shared/FilterBar";
import { pickFilters } from "../../shared/filters";
import { Page } from "../../shared/Page";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { CostsControls } from "./CostsControls";
import { CurrencyCosts } from "./CurrencyCosts";
import { ExportDialog } from "./ExportDialog";
import { type CostsAsk, costs } from "./load";
import type { CostsSearch } from "./search";

const route = getRouteApi("/costs");

function askOf(search: CostsSearch, month: string): CostsAsk {
  const from = search.from ?? firstDay(month);
  const to = search.to ?? lastDay(month);
  const oneMonth = from.slice(0, 7) === to.slice(0, 7);
  return {
    from,
    to,
    by: search.by ?? "service",
    interval: search.interval ?? (oneMonth ? "day" : "month"),
    metric: search.metric ?? "billed",
    compare: search.compare ?? true,
    as_of: search.as_of,
    filters: pickFilters(search),
  };
}

/** Costs by anything over any days: a chart, the table behind it, and the way down to the charges. */
export function CostsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.month ?? search.from?.slice(0, 7));
  const ask = month === undefined ? undefined : askOf(search, month);
  const query = useQuery({
    ...costs(ask ?? askOf(search, "1970-01")),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
  });
  const [opened, exporting] = useDisclosure(false);
  const change = (part: Partial<CostsSearch>) =>
    navigate({ to: "/costs", search: { ...search, ...part, ...(part.from && { month: undefined }) } });
  return (
    <Page
      title="Costs"
      note={
        <>
          {query.data !== undefined && <Basis periods={query.data.basis} />}
          {query.isPlaceholderData && <Loader size={12} ml={8} aria-label="Loading" />}
        </>
      }
      actions={
        ask !== undefined && (
          <>
            <AsOfControl day={ask.as_of} onChange={(as_of) => change({ as_of })} />
            <Button
              variant="default"
              leftSection={<IconFileExport size={15} aria-hidden="true" />}
              onClick={exporting.open}
            >
              Export FOCUS…
            </Button>
          </>
        )
      }
      banner={
        ask !== undefined && (
          <>
            <AsOfBanner day={ask.as_of} onChange={(as_of) => change({ as_of })} />
            <QuarantineBanner from={ask.from.slice(0, 7)} to={ask.to.slice(0, 7)} />
          </>
        )
      }
      controls={
        ask !== undefined && (
          <>
            <CostsControls ask={ask} forecast={search.forecast === true} onChange={change} />
            <FilterBar
              filters={ask.filters}
              asOf={ask.as_of}
              onChange={(filters) =>
                navigate({
                  to: "/costs",
                  search: {
                    month: search.month,
                    from: search.from,
                    to: search.to,
                    by: search.by,
                    interval: search.interval,
                    metric: search.metric,
                    compare: search.compare,
                    forecast: search.forecast,
                    as_of: search.as_of,
                    ...filters,
                  },
                })
              }
            />
          </>
        )
      }
    >
      <Answer query={query} waiting={<Waiting rows={10} height={34} />}>
        {(answer) =>
          answer.results.length === 0 ? (
            <Empty
              icon={<IconChartBar size={24} stroke={1.6} />}
              title={search.as_of === undefined ? "Nothing was spent here" : "Nothing was known then"}
              action={
                <Button variant="default" onClick={() => navigate({ to: "/costs", search: {} })}>
                  Show everything
                </Button>
              }
            >
              {search.as_of === undefined
                ? "No charge falls in these days with these filters. Take a filter away, or choose other days."
                : `At the end of ${nameDay(search.as_of)} no charge of these days was loaded yet.`}
            </Empty>
          ) : (
            answer.results.map((result) => (
              <CurrencyCosts
                key={result.currency}
                answer={answer}
                result={result}
                asOf={search.as_of}
                filters={pickFilters(search)}
                many={answer.results.length > 1}
                ahead={search.forecast === true && search.as_of === undefined}
                opened={search.anomaly}
              />
            ))
          )
        }
      </Answer>
      {ask !== undefined && (
        <ExportDialog
          opened={opened}
          onClose={exporting.close}
          from={ask.from}
          to={ask.to}
          filters={ask.filters}
        />
      )}
    </Page>
  );
}
