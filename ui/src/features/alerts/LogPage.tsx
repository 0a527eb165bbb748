import { Badge, Button, Group, Select } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Delivery } from "../../host/wire";
import { channels } from "../../shared/alerts";
import { type Column, DataTable } from "../../shared/DataTable";
import { nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { Page } from "../../shared/Page";
import { TwoLines } from "../../shared/TwoLines";
import { Answer, Waiting } from "../../shared/Waiting";
import { AlertsTabs } from "./AlertsTabs";
import { nameChannelKind } from "./channels/kinds";
import { deliveries } from "./load";

const route = getRouteApi("/alerts/log");

type State = NonNullable<ReturnType<typeof route.useSearch>["state"]>;

const STATES: Record<string, { name: string; colour: string }> = {
  waiting: { name: "waiting", colour: "yellow" },
  sent: { name: "sent", colour: "teal" },
  failed: { name: "failed", colour: "red" },
  dropped: { name: "given up", colour: "gray" },
};

function when(one: Delivery): string {
  if (one.sent_at !== null) return nameMoment(one.sent_at);
  return one.next_attempt_at === null ? "" : `again ${nameMoment(one.next_attempt_at)}`;
}

const COLUMNS: Column<Delivery>[] = [
  {
    id: "title",
    head: "Notice",
    cell: (one) => <TwoLines first={one.title} second={one.error} wrong />,
  },
  {
    id: "channel",
    head: "Channel",
    cell: (one) => (
      <TwoLines
        first={one.channel.name === "" ? nameChannelKind(one.channel.kind) : one.channel.name}
        second={one.to}
      />
    ),
  },
  {
    id: "state",
    head: "State",
    cell: (one) => (
      <Badge color={STATES[one.state]?.colour ?? "gray"} c="inherit">
        {STATES[one.state]?.name ?? one.state}
      </Badge>
    ),
  },
  { id: "attempts", head: "Attempts", figures: true, minor: true, cell: (one) => one.attempts },
  { id: "when", head: "When", minor: true, cell: when },
];

/** What went out, what waits to, and why something did not. */
export function LogPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const page = search.page ?? 1;
  const query = useQuery({
    ...deliveries({ ...search, page: page === 1 ? undefined : page }),
    refetchInterval: 30_000,
  });
  const ways = useQuery(channels);
  const go = (part: Partial<typeof search>) =>
    navigate({ to: "/alerts/log", search: { ...search, page: undefined, ...part }, replace: true });
  const narrowed = search.state !== undefined || search.channel !== undefined;
  return (
    <Page
      fill
      title="Alerts"
      note="What went out, and what did not"
      controls={
        <>
          <AlertsTabs current="log" />
          <Select
            aria-label="State"
            w={140}
            data={[
              { value: "all", label: "Any state" },
              ...Object.entries(STATES).map(([value, { name }]) => ({ value, label: name })),
            ]}
            value={search.state ?? "all"}
            onChange={(state) => go({ state: state === "all" ? undefined : (state as State) })}
          />
          <Select
            aria-label="Channel"
            w={190}
            data={[
              { value: "all", label: "Any channel" },
              ...(ways.data ?? []).map((one) => ({ value: String(one.id), label: one.name })),
            ]}
            value={search.channel === undefined ? "all" : String(search.channel)}
            onChange={(channel) =>
              go({ channel: channel === null || channel === "all" ? undefined : Number(channel) })
            }
          />
        </>
      }
    >
      <Answer
        query={query}
        waiting={
          <div style={{ padding: 24 }}>
            <Waiting rows={8} />
          </div>
        }
      >
        {({ deliveries: rows, more }) => (
          <>
            <DataTable
              fill
              tall
              label="Deliveries"
              file={{ table: "deliveries", query: { state: search.state, channel: search.channel } }}
              columns={COLUMNS}
              rows={rows}
              rowId={(one) => String(one.id)}
              empty={
                <Empty
                  icon={<IconSend size={24} stroke={1.6} />}
                  title={narrowed || page > 1 ? "Nothing like that" : "Nothing was sent yet"}
                  action={
                    narrowed || page > 1 ? (
                      <Button variant="default" onClick={() => go({ state: undefined, channel: undefined })}>
                        Show all
                      </Button>
                    ) : (
                      <Button
                        variant="default"
                        onClick={() => navigate({ to: "/alerts/channels", search: {} })}
                      >
                        Set up a channel
                      </Button>
                    )
                  }
                >
                  Each notice stands here with the channel it takes, how often it was tried and, where it
                  failed, why.
                </Empty>
              }
            />
            {(page > 1 || more) && (
              <Group gap={8} p={12}>
                <Button variant="default" disabled={page === 1} onClick={() => go({ page: page - 1 })}>
                  Newer
                </Button>
                <Button variant="default" disabled={!more} onClick={() => go({ page: page + 1 })}>
                  Older
                </Button>
              </Group>
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}
