import { Button, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArrowLeft,
  IconBellOff,
  IconChartBar,
  IconEdit,
  IconShieldExclamation,
  IconTargetOff,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { asRefusal } from "../../host/problem";
import type { BudgetDetail } from "../../host/wire";
import { AlertList } from "../../shared/AlertList";
import { Amount } from "../../shared/Amount";
import { channels } from "../../shared/alerts";
import { isMuted, namePeriod, nameScope, nameThreshold, nameUsed } from "../../shared/budgets";
import { inDays, nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { showDone } from "../../shared/notices";
import { Page, Section } from "../../shared/Page";
import { Strip } from "../../shared/Strip";
import { Answer } from "../../shared/Waiting";
import { BudgetDrawer } from "./BudgetDrawer";
import { BudgetHero, filtersOf } from "./BudgetHero";
import styles from "./Budgets.module.css";
import { StateBadge } from "./columns";
import { archiveBudget, budget as budgetById, muteBudget, restoreBudget } from "./load";
import { MonthsTable } from "./MonthsTable";

const route = getRouteApi("/budgets/$id");

/** Archives, restores and mutes; what is archived can be had back. */
function useDeeds(id: number) {
  const cache = useQueryClient();
  const done = () => cache.invalidateQueries();
  const restore = useMutation({
    mutationFn: () => restoreBudget(id),
    onSuccess: ({ name }) => {
      void done();
      showDone(`${name} was restored`);
    },
  });
  const archive = useMutation({
    mutationFn: () => archiveBudget(id),
    onSuccess: ({ name }) => {
      void done();
      showDone(`${name} was archived`, () => restore.mutate());
    },
  });
  const mute = useMutation({
    mutationFn: (until: string | null) => muteBudget(id, until),
    onSuccess: ({ name, muted_until }) => {
      void done();
      if (muted_until === null) showDone(`${name} tells again`);
      else showDone(`${name} is quiet until ${nameMoment(muted_until)}`, () => mute.mutate(null));
    },
  });
  return { archive, restore, mute };
}

type DeedsProps = { budget: BudgetDetail; deeds: ReturnType<typeof useDeeds> };

function Banners({ budget, deeds }: DeedsProps) {
  const muted = isMuted(budget);
  return (
    <>
      {budget.archived && (
        <Strip
          label="Archived"
          icon={<IconArchive size={16} aria-hidden="true" />}
          action={
            <Button
              variant="default"
              loading={deeds.restore.isPending}
              onClick={() => deeds.restore.mutate()}
            >
              Restore
            </Button>
          }
        >
          <strong>Archived.</strong> It is no longer watched; its history stays.
        </Strip>
      )}
      {muted && (
        <Strip
          label="Muted"
          icon={<IconBellOff size={16} aria-hidden="true" />}
          action={
            <Button variant="default" loading={deeds.mute.isPending} onClick={() => deeds.mute.mutate(null)}>
              Tell again
            </Button>
          }
        >
          <strong>Quiet until {nameMoment(budget.muted_until ?? "")}.</strong> Alerts come into the inbox and
          go nowhere else.
        </Strip>
      )}
      {budget.now.quarantined && (
        <Strip
          grave
          label="Held back"
          icon={<IconShieldExclamation size={17} aria-hidden="true" />}
          action={
            <Button variant="default" component={Link} to="/quarantine">
              Look
            </Button>
          }
        >
          <strong>Part of these figures is in quarantine.</strong> Nobody is told anything on their account
          until somebody releases them.
        </Strip>
      )}
    </>
  );
}

function Actions({ budget, deeds }: DeedsProps) {
  const navigate = useNavigate();
  return (
    <>
      <Button
        variant="default"
        component={Link}
        to="/costs"
        search={{ from: budget.now.from, to: budget.now.to, ...filtersOf(budget) } as never}
        leftSection={<IconChartBar size={15} aria-hidden="true" />}
      >
        Its costs
      </Button>
      {!budget.archived && (
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconBellOff size={15} aria-hidden="true" />}>
                Mute
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {([1, 7, 30] as const).map((days) => (
                <Menu.Item key={days} onClick={() => deeds.mute.mutate(inDays(days))}>
                  For {days === 1 ? "a day" : days === 7 ? "a week" : "30 days"}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button
            variant="default"
            leftSection={<IconArchive size={15} aria-hidden="true" />}
            loading={deeds.archive.isPending}
            onClick={() => deeds.archive.mutate()}
          >
            Archive
          </Button>
          <Button
            leftSection={<IconEdit size={15} aria-hidden="true" />}
            onClick={() =>
              navigate({
                to: "/budgets/$id",
                params: { id: String(budget.id) },
                search: { edit: true },
                replace: true,
              })
            }
          >
            Change
          </Button>
        </>
      )}
    </>
  );
}

function Watch({ budget }: { budget: BudgetDetail }) {
  const known = useQuery(channels);
  const names = budget.channels.map(
    (id) => (known.data ?? []).find((one) => one.id === id)?.name ?? `channel ${id}`,
  );
  return (
    <Section title="Who is told, and when">
      <ul className={styles.list}>
        {budget.thresholds.map((threshold) => (
          <li key={threshold.id}>
            <span className={styles.grow}>{nameThreshold(threshold, budget.currency)}</span>
            <span className="soft">{["popup and inbox", ...names].join(", ")}</span>
          </li>
        ))}
        {budget.thresholds.length === 0 && (
          <li className="soft">No threshold: nobody is told. Add one under Change.</li>
        )}
      </ul>
    </Section>
  );
}

function Children({ budget: { children, parts, currency } }: { budget: BudgetDetail }) {
  if (parts === null) return null;
  return (
    <Section title="Its parts" note="what several of them are about is counted once">
      <ul className={styles.list} aria-label="Its parts">
        {children.map((one) => (
          <li key={one.id}>
            <Link className={styles.grow} to="/budgets/$id" params={{ id: String(one.id) }} search={{}}>
              {one.name}
            </Link>
            <Amount amount={one.actual} currency={currency} />
            <span className={`soft ${styles.used}`}>{nameUsed(one)}</span>
            <StateBadge state={one.state} />
          </li>
        ))}
        <li className={styles.sum}>
          <span className={styles.grow}>Together</span>
          <Amount amount={parts.together} currency={currency} />
        </li>
        <li>
          <span className={`soft ${styles.grow}`}>In none of them</span>
          <Amount amount={parts.rest} currency={currency} />
        </li>
      </ul>
    </Section>
  );
}

/** One budget: how it stands, how it stood, who was told. */
export function BudgetPage() {
  const { id } = route.useParams();
  const { edit } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(budgetById(Number(id)));
  const deeds = useDeeds(Number(id));
  const found = query.data;
  const gone = query.error !== null && asRefusal(query.error).status === 404;
  return (
    <Page
      title={found?.name ?? "Budget"}
      above={
        <>
          <Link to="/budgets">
            <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Budgets
          </Link>
          {found !== undefined && found.above !== null && (
            <>
              {" / "}
              <Link to="/budgets/$id" params={{ id: String(found.above.id) }} search={{}}>
                {found.above.name}
              </Link>
            </>
          )}
        </>
      }
      note={
        found !== undefined && (
          <>
            {nameScope(found.scope)} · {namePeriod(found.period)}
            {found.note !== "" && ` · ${found.note}`}
          </>
        )
      }
      actions={found !== undefined && <Actions budget={found} deeds={deeds} />}
      banner={found !== undefined && <Banners budget={found} deeds={deeds} />}
    >
      {gone ? (
        <Empty
          icon={<IconTargetOff size={24} stroke={1.6} />}
          title="No such budget"
          action={
            <Button variant="default" onClick={() => navigate({ to: "/budgets", search: {} })}>
              All budgets
            </Button>
          }
        >
          Perhaps the address is from another workspace.
        </Empty>
      ) : (
        <Answer query={query}>
          {(budget) => (
            <>
              <BudgetHero budget={budget} />
              <div style={{ height: 28 }} />
              <Section title="By period" note={`in ${budget.currency}`}>
                <MonthsTable
                  id={budget.id}
                  name={budget.name}
                  months={budget.months}
                  currency={budget.currency}
                  until={budget.now.to}
                />
              </Section>
              <Children budget={budget} />
              <Watch budget={budget} />
              <Section title="Alerts">
                <AlertList
                  alerts={budget.alerts}
                  empty="Nothing was raised yet. Alerts of this budget will stand here, with who saw to them."
                />
              </Section>
              <BudgetDrawer
                opened={edit === true}
                budget={budget}
                onClose={() => navigate({ to: "/budgets/$id", params: { id }, search: {}, replace: true })}
              />
            </>
          )}
        </Answer>
      )}
    </Page>
  );
}
