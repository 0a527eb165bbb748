import { Button, Group } from "@mantine/core";
import { IconClockPlay, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Schedule } from "../../host/wire";
import { nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { showDone } from "../../shared/notices";
import { Page, Section } from "../../shared/Page";
import { SettingsTabs } from "../../shared/SettingsTabs";
import { Answer } from "../../shared/Waiting";
import { HabitsSection } from "./Habits";
import { runNow, schedules } from "./load";
import { RunBadge, ScheduleDrawer } from "./ScheduleDrawer";
import styles from "./Schedules.module.css";

function Line({ schedule, onOpen }: { schedule: Schedule; onOpen: () => void }) {
  const cache = useQueryClient();
  const run = useMutation({
    mutationFn: () => runNow(schedule.id),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["schedules"] });
      showDone(`${schedule.label}: begun`);
    },
  });
  const { last_run: last } = schedule;
  return (
    <li className={styles.schedule}>
      <div className={styles.text}>
        <strong>{schedule.label}</strong>
        <div className="soft">
          {schedule.enabled ? `${schedule.words} (${schedule.zone})` : "Switched off"}
          {schedule.enabled &&
            schedule.next_run !== null &&
            ` · next ${nameMoment(schedule.next_run, schedule.zone)}`}
        </div>
        {last !== null && (
          <div className={last.state === "failed" ? styles.failed : "soft"}>
            <RunBadge state={last.state} /> {nameMoment(last.started_at, schedule.zone)}
            {last.text !== null && ` · ${last.text}`}
          </div>
        )}
      </div>
      <Group gap={8}>
        <Button
          variant="default"
          loading={run.isPending || last?.state === "running"}
          leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
          onClick={() => run.mutate()}
          aria-label={`Run now: ${schedule.label}`}
        >
          Run now
        </Button>
        <Button variant="default" onClick={onOpen} aria-label={`Change… ${schedule.label}`}>
          Change…
        </Button>
      </Group>
    </li>
  );
}

/** What runs by itself, and when. */
export function SchedulesPage() {
  const query = useQuery(schedules);
  const [open, setOpen] = useState<Schedule>();
  return (
    <Page
      title="Settings"
      note="What runs by itself, and when"
      controls={<SettingsTabs current="schedules" />}
    >
      <Section
        title="Schedules"
        note="missed ones are made up for once, after sleep or a day switched off"
        actions={<ExportTable label="Schedules" file={{ table: "schedules" }} />}
      >
        <Answer query={query}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon={<IconClockPlay size={24} stroke={1.6} />} title="Nothing runs by itself yet">
                Connect a client to AWS under Clients, and its bill is synced each day.
              </Empty>
            ) : (
              <ul className={styles.list} aria-label="Schedules">
                {all.map((schedule) => (
                  <Line key={schedule.id} schedule={schedule} onOpen={() => setOpen(schedule)} />
                ))}
              </ul>
            )
          }
        </Answer>
      </Section>
      <HabitsSection />
      <ScheduleDrawer schedule={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}
