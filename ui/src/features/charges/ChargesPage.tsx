import { Button, SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconReceipt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Amount } from "../../shared/Amount";
import { AsOfBanner, AsOfControl } from "../../shared/AsOf";
import { firstDay, lastDay, nameRange } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { FilterBar } from "../../shared/FilterBar";
import { pickFilters } from "../../shared/filters";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { RangePicker } from "../../shared/RangePicker";
import { useMonth } from "../../shared/useMonth";
import { Answer, Waiting } from "../../shared/Waiting";
import { ChargesTable } from "./ChargesTable";
import { type ChargesAsk, chargePage } from "./load";

const route = getRouteApi("/charges");

/** The rows that a figure is made of, each of them with its why. */
export function ChargesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const month = useMonth(search.from?.slice(0, 7)) ?? "";
  const ready = month !== "";
  const filters = pickFilters(search);
  const ask: ChargesAsk = {
    from: search.from ?? (ready ? firstDay(month) : ""),
    to: search.to ?? (ready ? lastDay(month) : ""),
    metric: search.metric ?? "billed",
    sort: search.sort ?? "amount",
    as_of: search.as_of,
    filters,
  };
  const first = useQuery({ ...chargePage(ask, 0), enabled: ready });
  const keep = {
    from: search.from,
    to: search.to,
    metric: search.metric,
    sort: search.sort,
    as_of: search.as_of,
  };
  const setDay = (as_of: string | undefined) =>
    navigate({ to: "/charges", search: { ...keep, ...filters, as_of } });
  return (
    <Page
      fill
      title="Charges"
      above={
        <Link
          to="/costs"
          search={{
            from: search.from,
            to: search.to,
            metric: search.metric,
            as_of: search.as_of,
            ...filters,
          }}
        >
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Costs
        </Link>
      }
      note={
        first.data !== undefined && (
          <>
            {formatCount(first.data.total_rows)} {first.data.total_rows === 1 ? "charge" : "charges"}, in all{" "}
            {first.data.totals.map((total, at) => (
              <strong key={total.currency} style={{ color: "var(--tp-ink)" }}>
                {at > 0 && " and "}
                <Amount amount={total.amount} currency={total.currency} />
              </strong>
            ))}
            {ready && ` · ${nameRange(ask.from, ask.to)}`}
          </>
        )
      }
      actions={ready && <AsOfControl day={ask.as_of} onChange={setDay} />}
      banner={<AsOfBanner day={ask.as_of} onChange={setDay} />}
      controls={
        ready && (
          <>
            <RangePicker
              from={ask.from}
              to={ask.to}
              onChange={(from, to) => navigate({ to: "/charges", search: { ...keep, ...filters, from, to } })}
            />
            <SegmentedControl
              aria-label="Order"
              data={[
                { value: "amount", label: "Largest first" },
                { value: "day", label: "By day" },
              ]}
              value={ask.sort}
              onChange={(sort) =>
                navigate({
                  to: "/charges",
                  search: { ...keep, ...filters, sort: sort as ChargesAsk["sort"] },
                })
              }
            />
            <FilterBar
              filters={filters}
              asOf={ask.as_of}
              onChange={(next) => navigate({ to: "/charges", search: { ...keep, ...next } })}
            />
          </>
        )
      }
    >
      <Answer
        query={first}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={12} height={26} />
          </div>
        }
      >
        {(answer) =>
          answer.total_rows === 0 ? (
            <Empty
              icon={<IconReceipt size={24} stroke={1.6} />}
              title="No charges here"
              action={
                <Button variant="default" onClick={() => navigate({ to: "/charges", search: keep })}>
                  Take all filters away
                </Button>
              }
            >
              No charge falls in these days with these filters.
            </Empty>
          ) : (
            <ChargesTable
              key={JSON.stringify(ask)}
              ask={ask}
              total={answer.total_rows}
              open={search.row}
              onOpen={(row) =>
                navigate({ to: "/charges", search: { ...keep, ...filters, row }, replace: row === undefined })
              }
            />
          )
        }
      </Answer>
    </Page>
  );
}
