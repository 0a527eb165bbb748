import { Button, Popover, Text } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconArrowBackUp, IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { nameDay, nameDayBriefly, today } from "./days";
import { Strip } from "./Strip";

type AsOfProps = { day: string | undefined; onChange: (day: string | undefined) => void };

/** Chooses the day as which the figures are asked for. */
export function AsOfControl({ day, onChange }: AsOfProps) {
  const [open, setOpen] = useState(false);
  const choose = (next: string | undefined) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={290} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={day === undefined ? "default" : "light"}
          fw={500}
          leftSection={<IconHistory size={15} aria-hidden="true" />}
          aria-label={day === undefined ? "As known today: change" : `As known on ${nameDay(day)}: change`}
          onClick={() => setOpen(!open)}
        >
          {day === undefined ? "As known today" : `As known on ${nameDayBriefly(day)}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" mb={8}>
          What the figures were on an earlier day, before later bills and corrections came in.
        </Text>
        <DatePicker
          value={day ?? null}
          defaultDate={day ?? today()}
          maxDate={today()}
          onChange={(next) => choose(next ?? undefined)}
          aria-label="As known on"
        />
        {day !== undefined && (
          <Button variant="subtle" fullWidth mt={8} onClick={() => choose(undefined)}>
            Back to today
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Says, for as long as it is so, that the page shows an earlier day's knowledge. */
export function AsOfBanner({ day, onChange }: AsOfProps) {
  if (day === undefined) return null;
  return (
    <Strip
      icon={<IconHistory size={16} aria-hidden="true" />}
      label="An earlier day's figures"
      action={
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
          onClick={() => onChange(undefined)}
        >
          Back to today
        </Button>
      }
    >
      <strong>As known at the end of {nameDay(day)} (UTC).</strong> Whose a cost is follows the rules of
      today.
    </Strip>
  );
}
