import { Button, CloseButton, Group, Modal, MultiSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { TransferLimits, TransferWindow } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { showDone } from "../../../shared/notices";
import { Answer } from "../../../shared/Waiting";
import styles from "../Tenants.module.css";
import { limits, setLimits } from "./care";

const MEGABYTE = 1_000_000;

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => ({
  value: day,
  label: day[0]?.toUpperCase() + day.slice(1),
}));

const OFFICE: TransferWindow = {
  days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
  from: "08:00",
  to: "18:00",
  limit: MEGABYTE,
};

type SpeedProps = { label: string; value: number | null; onChange: (value: number | null) => void };

/** Megabytes a second as typed; nothing is as fast as the line. */
function Speed({ label, value, onChange }: SpeedProps) {
  return (
    <NumberInput
      label={label}
      placeholder="As fast as the line"
      min={0.001}
      decimalScale={3}
      value={value === null ? "" : value / MEGABYTE}
      onChange={(typed) => onChange(typed === "" ? null : Math.round(Number(typed) * MEGABYTE))}
    />
  );
}

type WindowProps = {
  window: TransferWindow;
  onChange: (window: TransferWindow) => void;
  onRemove: () => void;
};

function Window({ window, onChange, onRemove }: WindowProps) {
  const set = (part: Partial<TransferWindow>) => onChange({ ...window, ...part });
  return (
    <li>
      <Group align="flex-end" gap="sm" className={styles.grow}>
        <MultiSelect
          label="Days"
          placeholder={window.days.length === 0 ? "Every day" : ""}
          data={DAYS}
          value={window.days}
          onChange={(days) => set({ days })}
          flex="1 1 260px"
        />
        <TextInput
          type="time"
          label="From"
          value={window.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label="To"
          value={window.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <Speed label="MB a second" value={window.limit} onChange={(limit) => set({ limit })} />
        <CloseButton aria-label="Remove this window" onClick={onRemove} />
      </Group>
    </li>
  );
}

function Fields({ kept, onClose }: { kept: TransferLimits; onClose: () => void }) {
  const cache = useQueryClient();
  const [draft, setDraft] = useState(kept);
  // A window has no number of its own; its place in the list changes only by removing.
  const [keys, setKeys] = useState(() => kept.windows.map((_, place) => place));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => setLimits(draft),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: limits.queryKey });
      showDone("The limits hold from now on");
      onClose();
    },
  });
  const setWindows = (windows: TransferWindow[]) => setDraft({ ...draft, windows });
  const remove = (place: number) => {
    setWindows(draft.windows.filter((_, other) => other !== place));
    setKeys(keys.filter((_, other) => other !== place));
  };
  const add = () => {
    setWindows([...draft.windows, OFFICE]);
    setKeys([...keys, Math.max(-1, ...keys) + 1]);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end" grow>
          <Speed
            label="Usually, MB a second"
            value={draft.usual}
            onChange={(usual) => setDraft({ ...draft, usual })}
          />
          <TextInput
            label="Times are of"
            value={draft.zone}
            onChange={(event) => setDraft({ ...draft, zone: event.currentTarget.value })}
          />
        </Group>
        <ul className={styles.list} aria-label="Times with a limit of their own">
          {draft.windows.map((window, place) => (
            <Window
              key={keys[place]}
              window={window}
              onChange={(next) => setWindows(draft.windows.map((other, at) => (at === place ? next : other)))}
              onRemove={() => remove(place)}
            />
          ))}
        </ul>
        <div>
          <Button variant="subtle" leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={add}>
            Another limit at some times
          </Button>
        </div>
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** How fast all transfers together may be, by the time of the week. */
export function LimitsDialog({ onClose }: { onClose: () => void }) {
  const query = useQuery(limits);
  return (
    <Modal opened onClose={onClose} title="How fast files are sent and fetched" size="lg">
      <Answer query={query}>{(kept) => <Fields kept={kept} onClose={onClose} />}</Answer>
    </Modal>
  );
}
