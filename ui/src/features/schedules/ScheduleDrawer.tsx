import { Badge, Button, Drawer, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Schedule } from "../../host/wire";
import { nameMoment } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { ExportTable } from "../../shared/ExportTable";
import { showDone } from "../../shared/notices";
import { Answer } from "../../shared/Waiting";
import { DAYS, DAYS_OF_MONTH, readCron, type When, writeCron } from "./cron";
import { draftOf, runs, saveSchedule } from "./load";
import styles from "./Schedules.module.css";
import { WhomFields } from "./WhomFields";
import { readWhom, writeWhom } from "./whom";

const RUN_STATES: Record<string, { name: string; colour: string }> = {
  running: { name: "running", colour: "blue" },
  done: { name: "done", colour: "teal" },
  failed: { name: "failed", colour: "red" },
  missed: { name: "missed", colour: "yellow" },
  waiting: { name: "waiting", colour: "yellow" },
};

export function RunBadge({ state }: { state: string }) {
  const { name, colour } = RUN_STATES[state] ?? { name: state, colour: "gray" };
  return (
    <Badge color={colour} c="inherit">
      {name}
    </Badge>
  );
}

type TimesProps = { when: When; onChange: (when: When) => void };

function Times({ when, onChange }: TimesProps) {
  switch (when.every) {
    case "hour":
      return (
        <TextInput
          label="At minute"
          inputMode="numeric"
          value={when.minute}
          onChange={(event) => onChange({ ...when, minute: event.currentTarget.value })}
        />
      );
    case "day":
    case "week":
    case "month":
      return (
        <>
          {when.every === "month" && (
            <Select
              label="On day"
              data={DAYS_OF_MONTH}
              value={when.day}
              onChange={(day) => day !== null && onChange({ ...when, day })}
            />
          )}
          {when.every === "week" && (
            <Select
              label="On"
              data={DAYS.map(([value, label]) => ({ value, label }))}
              value={when.day}
              onChange={(day) => day !== null && onChange({ ...when, day })}
            />
          )}
          <TextInput
            label="At"
            placeholder="06:00"
            value={when.time}
            onChange={(event) => onChange({ ...when, time: event.currentTarget.value })}
          />
        </>
      );
    case "other":
      return (
        <TextInput
          label="Cron expression"
          description="minute hour day month weekday"
          placeholder="0 6 * * 1-5"
          value={when.cron}
          onChange={(event) => onChange({ ...when, cron: event.currentTarget.value })}
        />
      );
  }
}

function usual(every: string, cron: string): When {
  if (every === "hour") return { every, minute: "00" };
  if (every === "day") return { every, time: "06:00" };
  if (every === "week" || every === "month") return { every, day: "1", time: "06:00" };
  return { every: "other", cron };
}

function Form({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const cache = useQueryClient();
  const [when, setWhen] = useState(() => readCron(schedule.cron));
  const [zone, setZone] = useState(schedule.own_zone ? schedule.zone : "");
  const [enabled, setEnabled] = useState(schedule.enabled);
  const [whom, setWhom] = useState(() => (schedule.for === null ? undefined : readWhom(schedule.for)));
  const cron = writeCron(when);
  const nobody = whom !== undefined && "chosen" in whom && whom.chosen.length === 0;
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      saveSchedule(schedule.id, {
        cron: cron ?? schedule.cron,
        zone: zone.trim() || null,
        enabled,
        ...(whom === undefined ? {} : { for: writeWhom(whom) }),
      }),
    onSuccess: (saved) => {
      const again = () => cache.invalidateQueries({ queryKey: ["schedules"] });
      void again();
      showDone(`${saved.label}: ${saved.enabled ? saved.words : "switched off"}`, () => {
        saveSchedule(schedule.id, draftOf(schedule)).finally(again);
      });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <Switch
          label="Runs by itself"
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <Group grow align="flex-start" gap="sm">
          <Select
            label="How often"
            data={[
              { value: "hour", label: "Each hour" },
              { value: "day", label: "Each day" },
              { value: "week", label: "Each week" },
              { value: "month", label: "Each month" },
              { value: "other", label: "Otherwise" },
            ]}
            value={when.every}
            onChange={(every) => every !== null && setWhen(usual(every, cron ?? schedule.cron))}
          />
          <Times when={when} onChange={setWhen} />
        </Group>
        {whom !== undefined && <WhomFields whom={whom} onChange={setWhom} />}
        <TextInput
          label="Time zone"
          description="Empty: the workspace's"
          placeholder={schedule.own_zone ? "" : schedule.zone}
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
        />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={cron === undefined || nobody}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Runs({ id, zone }: Pick<Schedule, "id" | "zone">) {
  const query = useQuery(runs(id));
  return (
    <section aria-label="Runs">
      <Group justify="space-between" mt={20} mb={4}>
        <h3 className={styles.runsTitle}>Runs</h3>
        <ExportTable label="Runs" file={{ table: "runs", query: { schedule: id } }} />
      </Group>
      <Answer query={query}>
        {(all) =>
          all.length === 0 ? (
            <p className="soft">It did not run yet.</p>
          ) : (
            <ul className={styles.runs}>
              {all.map((run) => (
                <li key={run.id}>
                  <RunBadge state={run.state} /> {nameMoment(run.started_at, zone)}
                  {run.attempt > 1 && <span className="soft"> · attempt {run.attempt}</span>}
                  {run.retry_at !== null && (
                    <span className="soft"> · again {nameMoment(run.retry_at, zone)}</span>
                  )}
                  {run.text !== null && <div className="soft">{run.text}</div>}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}

/** When a schedule runs, and how it ran. */
export function ScheduleDrawer({
  schedule,
  onClose,
}: {
  schedule: Schedule | undefined;
  onClose: () => void;
}) {
  return (
    <Drawer
      opened={schedule !== undefined}
      onClose={onClose}
      title={schedule?.label}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {schedule !== undefined && (
        <>
          <Form key={schedule.id} schedule={schedule} onClose={onClose} />
          <Runs id={schedule.id} zone={schedule.zone} />
        </>
      )}
    </Drawer>
  );
}
