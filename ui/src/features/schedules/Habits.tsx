import { Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { host } from "../../host/client";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { Section } from "../../shared/Page";
import styles from "./Schedules.module.css";

/** What goes on when nobody looks. */
export function HabitsSection() {
  const cache = useQueryClient();
  const door = host().habits;
  const queryKey = ["habits", door !== undefined];
  const query = useQuery({
    queryKey,
    queryFn: () => (door === undefined ? null : door.read()),
    retry: false,
  });
  const keep = useMutation({
    mutationFn: async (next: { keep_running: boolean; start_at_login: boolean | null }) =>
      door === undefined ? null : door.keep(next),
    onSuccess: (kept) => cache.setQueryData(queryKey, kept),
  });
  if (door === undefined) {
    return (
      <Section title="In the background">
        <Text size="sm" c="dimmed" maw={680}>
          Schedules and alerts go on for as long as <code>tally serve</code> runs.
        </Text>
      </Section>
    );
  }
  const now = keep.variables !== undefined && keep.isPending ? keep.variables : query.data;
  return (
    <Section title="In the background">
      {query.error !== null && <ErrorPanel error={query.error} />}
      {now !== undefined && now !== null && (
        <div className={styles.habits}>
          <Switch
            label="Keep running when the window is closed"
            description="Syncs and alerts go on; the tray icon opens the window again"
            checked={now.keep_running}
            onChange={(event) => keep.mutate({ ...now, keep_running: event.currentTarget.checked })}
          />
          <Switch
            label="Start when I log in"
            description={
              now.start_at_login === null
                ? "This system offers no way to do so"
                : "Without its window, until it is asked for"
            }
            checked={now.start_at_login === true}
            disabled={now.start_at_login === null}
            onChange={(event) => keep.mutate({ ...now, start_at_login: event.currentTarget.checked })}
          />
        </div>
      )}
    </Section>
  );
}
