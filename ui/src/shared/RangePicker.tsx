import { Button, Group, Popover, Stack } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import { addDays, addMonths, firstDay, lastDay, monthOf, nameRange, today } from "./days";

type RangePickerProps = { from: string; to: string; onChange: (from: string, to: string) => void };

function presets(now: string): { label: string; from: string; to: string }[] {
  const month = monthOf(now);
  const last = addMonths(month, -1);
  return [
    { label: "This month", from: firstDay(month), to: lastDay(month) },
    { label: "Last month", from: firstDay(last), to: lastDay(last) },
    { label: "Last 7 days", from: addDays(now, -7), to: addDays(now, -1) },
    { label: "Last 30 days", from: addDays(now, -30), to: addDays(now, -1) },
    { label: "Last 3 months", from: firstDay(addMonths(month, -3)), to: lastDay(last) },
    { label: "Last 6 months", from: firstDay(addMonths(month, -6)), to: lastDay(last) },
    { label: "Last 12 months", from: firstDay(addMonths(month, -12)), to: lastDay(last) },
    { label: "This year", from: `${now.slice(0, 4)}-01-01`, to: `${now.slice(0, 4)}-12-31` },
  ];
}

/** Days from the first to the last, by name or by hand. */
export function RangePicker({ from, to, onChange }: RangePickerProps) {
  const [open, setOpen] = useState(false);
  const [half, setHalf] = useState<[string | null, string | null]>([from, to]);
  const choose = (first: string, last: string) => {
    setOpen(false);
    onChange(first, last);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          fw={500}
          leftSection={<IconCalendar size={15} aria-hidden="true" />}
          onClick={() => {
            setHalf([from, to]);
            setOpen(!open);
          }}
          aria-label={`Days: ${nameRange(from, to)}`}
        >
          {nameRange(from, to)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Group align="flex-start" gap="md" wrap="wrap">
          <Stack gap={2}>
            {presets(today()).map((preset) => (
              <Button
                key={preset.label}
                variant={preset.from === from && preset.to === to ? "light" : "subtle"}
                color={preset.from === from && preset.to === to ? undefined : "gray"}
                justify="flex-start"
                onClick={() => choose(preset.from, preset.to)}
              >
                {preset.label}
              </Button>
            ))}
          </Stack>
          <DatePicker
            type="range"
            allowSingleDateInRange
            defaultDate={to}
            value={half}
            onChange={(next) => {
              setHalf(next);
              const [first, last] = next;
              if (first !== null && last !== null) choose(first, last);
            }}
          />
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
