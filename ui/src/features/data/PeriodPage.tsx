import { Button } from "@mantine/core";
import { IconArrowLeft, IconDatabaseOff, IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Period } from "../../host/wire";
import { nameMonth } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { Page, Section } from "../../shared/Page";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { periods } from "../../shared/queries";
import { Answer } from "../../shared/Waiting";
import { Diff } from "./Diff";
import { firstPair, versionsOf } from "./load";
import { PeriodDetails } from "./PeriodDetails";
import type { PeriodSearch } from "./search";
import { Timeline } from "./Timeline";

const route = getRouteApi("/data/period");

/** One billing period: all that was ever known of it, and what changed from one time to another. */
export function PeriodPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(periods);
  const [open, setOpen] = useState<Period>();
  const changes = useRef<HTMLDivElement>(null);
  const versions = versionsOf(query.data ?? [], search);
  const known = (id: number | undefined) => versions.some((version) => version.id === id);
  const asked: [number, number] | undefined =
    search.from !== undefined && search.to !== undefined && known(search.from) && known(search.to)
      ? [search.from, search.to]
      : undefined;
  const pair = asked ?? firstPair(versions);
  const change = (part: Partial<PeriodSearch>) =>
    navigate({ to: "/data/period", search: { ...search, ...part }, replace: true });
  const latest = versions[0];
  const month = search.period;
  return (
    <Page
      title={month === undefined ? "Billing period" : nameMonth(month)}
      above={
        <Link to="/data">
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Data
        </Link>
      }
      note={
        latest !== undefined && (
          <>
            {latest.client} · {latest.billing_account_name ?? latest.billing_account}
          </>
        )
      }
      actions={
        month !== undefined && (
          <Button
            component={Link}
            variant="default"
            leftSection={<IconScale size={15} aria-hidden="true" />}
            to="/reconciliation"
            search={{ month } as never}
          >
            Reconciliation
          </Button>
        )
      }
      banner={month !== undefined && <QuarantineBanner from={month} to={month} />}
    >
      <Answer query={query}>
        {() =>
          versions.length === 0 ? (
            <Empty
              icon={<IconDatabaseOff size={24} stroke={1.6} />}
              title="No such period is loaded"
              action={
                <Button variant="default" onClick={() => navigate({ to: "/data" })}>
                  All periods
                </Button>
              }
            >
              Perhaps it was deleted, or the address is from another workspace.
            </Empty>
          ) : (
            <>
              <Section
                title="Versions"
                note="the latest first; old versions stay readable, and any report can be asked for as it was"
              >
                <Timeline
                  versions={versions}
                  compared={pair}
                  onOpen={setOpen}
                  onCompare={(from, to) => {
                    change({ from, to });
                    changes.current?.scrollIntoView({ block: "start" });
                  }}
                />
              </Section>
              {pair !== undefined && (
                <div ref={changes}>
                  <Diff versions={versions} pair={pair} search={search} onChange={change} />
                </div>
              )}
            </>
          )
        }
      </Answer>
      <PeriodDetails period={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}
