import { Button, Group, SegmentedControl } from "@mantine/core";
import { IconBellCheck, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Alert } from "../../host/wire";
import { alerts } from "../../shared/alerts";
import { useArrowKeys } from "../../shared/arrow-keys";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { formatCount } from "../../shared/money";
import { Page } from "../../shared/Page";
import { Answer } from "../../shared/Waiting";
import { AlertLine } from "./AlertLine";
import styles from "./Alerts.module.css";
import { AlertsTabs } from "./AlertsTabs";
import { deedsOf, KEYS } from "./load";
import { useDeeds } from "./useDeeds";

const route = getRouteApi("/alerts");
/** How many the program answers at once. */
const PAGE = 100;

type ListProps = { alerts: Alert[]; chosen: number | undefined; onChoose: (id: number) => void };

function List({ alerts: shown, chosen, onChoose }: ListProps) {
  const list = useRef<HTMLUListElement>(null);
  useArrowKeys(list);
  const deeds = useDeeds();
  /** The line that takes the focus when the one that had it is gone. */
  const next = useRef<number>(undefined);
  const focusLine = (at: number) =>
    list.current?.querySelectorAll<HTMLElement>("[data-nav]")[Math.min(at, shown.length - 1)]?.focus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the list has become another
  useEffect(() => {
    if (next.current === undefined) return;
    focusLine(next.current);
    next.current = undefined;
  }, [shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the alert that an address names
  useEffect(() => {
    const at = shown.findIndex((alert) => alert.id === chosen);
    if (at >= 0) focusLine(at);
  }, [chosen]);
  const act = (alert: Alert, deed: "acknowledge" | "snooze" | "reopen", days?: number) => {
    next.current = shown.indexOf(alert);
    deeds.mutate({ alert, deed, ...(days === undefined ? {} : { days }) });
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    const id = Number(target.closest<HTMLElement>("[data-alert]")?.dataset.alert);
    const alert = shown.find((one) => one.id === id);
    const deed = KEYS[event.key.toLowerCase()];
    if (alert === undefined || deed === undefined || !target.hasAttribute("data-nav")) return;
    if (!deedsOf(alert).includes(deed)) return;
    event.preventDefault();
    act(alert, deed);
  };
  return (
    <>
      <ul ref={list} className={styles.inbox} aria-label="Alerts" onKeyDown={press}>
        {shown.map((alert, index) => (
          <AlertLine
            key={alert.id}
            alert={alert}
            index={index}
            chosen={alert.id === chosen}
            busy={deeds.isPending}
            onChoose={() => onChoose(alert.id)}
            onDeed={(deed, days) => act(alert, deed, days)}
          />
        ))}
      </ul>
      <p className={styles.keys}>
        <kbd>↑</kbd> <kbd>↓</kbd> walk, <kbd>A</kbd> acknowledges, <kbd>S</kbd> snoozes for a day,{" "}
        <kbd>U</kbd> puts back.
      </p>
    </>
  );
}

/** What was raised and waits for somebody. */
export function InboxPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const state = search.state ?? "open";
  const page = search.page ?? 1;
  const query = useQuery({ ...alerts(state, page), refetchInterval: 60_000 });
  const go = (part: Partial<typeof search>) =>
    navigate({ to: "/alerts", search: { ...search, ...part }, replace: true });
  return (
    <Page
      title="Alerts"
      note={
        query.data !== undefined &&
        (query.data.open === 0 ? "Nothing is open" : `${formatCount(query.data.open)} open`)
      }
      controls={
        <>
          <AlertsTabs current="inbox" />
          <SegmentedControl
            aria-label="State"
            data={[
              { value: "open", label: "Open" },
              { value: "all", label: "All" },
            ]}
            value={state}
            onChange={(next) =>
              go({ state: next === "all" ? "all" : undefined, alert: undefined, page: undefined })
            }
          />
        </>
      }
    >
      <Answer query={query}>
        {(answer) =>
          answer.alerts.length === 0 && page === 1 ? (
            state === "open" ? (
              <Empty
                icon={<IconBellCheck size={24} stroke={1.6} />}
                title="Nothing needs you"
                action={
                  <Button
                    component={Link}
                    to="/budgets"
                    search={{ add: true } as never}
                    leftSection={<IconPlus size={16} aria-hidden="true" />}
                  >
                    Set a budget
                  </Button>
                }
              >
                When a budget is passed, is expected to be, or something costs unusually much, when a tenant
                is near a limit or a key is to be changed, it is said here once, with the reason, and as a
                popup on this desktop.
              </Empty>
            ) : (
              <Empty icon={<IconBellCheck size={24} stroke={1.6} />} title="Nothing was ever raised">
                What was raised stays here, with who saw to it and when.
              </Empty>
            )
          ) : (
            <>
              <List alerts={answer.alerts} chosen={search.alert} onChoose={(alert) => go({ alert })} />
              <Group justify="flex-end">
                <ExportTable label="Alerts" file={{ table: "alerts", query: { state } }} />
              </Group>
              {(page > 1 || answer.alerts.length >= PAGE) && (
                <Group gap={8} mt={12}>
                  <Button variant="default" disabled={page === 1} onClick={() => go({ page: page - 1 })}>
                    Newer
                  </Button>
                  <Button
                    variant="default"
                    disabled={answer.alerts.length < PAGE}
                    onClick={() => go({ page: page + 1 })}
                  >
                    Older
                  </Button>
                </Group>
              )}
            </>
          )
        }
      </Answer>
    </Page>
  );
}
