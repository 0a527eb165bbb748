import { ActionIcon, Group } from "@mantine/core";
import { MonthPickerInput } from "@mantine/dates";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { addMonths, firstDay, monthOf, nameMonth } from "./days";

type MonthPickerProps = { month: string; onChange: (month: string) => void };

/** One month, with the ones beside it a click away. */
export function MonthPicker({ month, onChange }: MonthPickerProps) {
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon aria-label="Previous month" onClick={() => onChange(addMonths(month, -1))}>
        <IconChevronLeft size={16} aria-hidden="true" />
      </ActionIcon>
      <MonthPickerInput
        aria-label={`Month: ${nameMonth(month)}`}
        value={firstDay(month)}
        valueFormat="MMMM YYYY"
        onChange={(day) => day !== null && onChange(monthOf(day))}
        w={148}
        styles={{ input: { textAlign: "center" } }}
      />
      <ActionIcon aria-label="Next month" onClick={() => onChange(addMonths(month, 1))}>
        <IconChevronRight size={16} aria-hidden="true" />
      </ActionIcon>
    </Group>
  );
}
