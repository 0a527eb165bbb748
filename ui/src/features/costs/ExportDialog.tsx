import { Button, Checkbox, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { nameRange } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import type { Filters } from "../../shared/filters";
import { showDone } from "../../shared/notices";
import { session } from "../../shared/queries";
import { RangePicker } from "../../shared/RangePicker";
import { type FocusFormat, saveFocus } from "./export";

type ExportDialogProps = {
  opened: boolean;
  onClose: () => void;
  from: string;
  to: string;
  filters: Filters;
};

/** Takes any range out as FOCUS 1.2, with whose each charge is. */
export function ExportDialog({ opened, onClose, from, to, filters }: ExportDialogProps) {
  const [range, setRange] = useState({ from, to });
  const [format, setFormat] = useState<FocusFormat>("csv");
  const [narrowed, setNarrowed] = useState(true);
  const workspace = useQuery({ ...session, enabled: opened }).data?.workspace;
  const isNarrow = Object.keys(filters).length > 0;
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      saveFocus(
        { ...range, format, filters: isNarrow && narrowed ? filters : {} },
        workspace?.name ?? "costs",
        workspace?.mark ?? null,
      ),
    onSuccess: (where) => {
      if (where === null) return;
      showDone(`Saved as ${where}`);
      onClose();
    },
  });
  const { reset } = save;
  useEffect(() => {
    if (!opened) return;
    reset();
    setRange({ from, to });
  }, [opened, from, to, reset]);
  return (
    <Modal opened={opened} onClose={onClose} title="Export as FOCUS" size={480}>
      <Stack gap="md">
        <Text size="sm">
          Every charge in the open format that bills come in (FOCUS 1.2), with columns that say whose it is.
          Amounts keep all their digits.
        </Text>
        <Group gap={10}>
          <Text size="sm" fw={550}>
            Days
          </Text>
          <RangePicker
            from={range.from}
            to={range.to}
            onChange={(first, last) => setRange({ from: first, to: last })}
          />
        </Group>
        <Radio.Group
          label="Format"
          value={format}
          onChange={(next) => setFormat(next as FocusFormat)}
          size="sm"
        >
          <Stack gap={8} mt={8}>
            <Radio size="xs" value="csv" label="CSV" description="For spreadsheets and most tools." />
            <Radio
              size="xs"
              value="parquet"
              label="Parquet"
              description="Smaller, and faster to read for databases."
            />
          </Stack>
        </Radio.Group>
        {isNarrow && (
          <Checkbox
            label="Only what the filters of this page leave"
            checked={narrowed}
            onChange={(event) => setNarrowed(event.currentTarget.checked)}
          />
        )}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={save.isPending}
            onClick={() => save.mutate()}
            aria-label={`Export ${nameRange(range.from, range.to)}`}
          >
            Export
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
