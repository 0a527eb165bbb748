import { Button, Menu } from "@mantine/core";
import { IconCheck, IconGauge } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Transfer } from "../../../host/wire";
import { nameSize } from "../../../shared/sizes";
import { limitTransfer, prioritise } from "./care";

const SPEEDS = [null, 20_000_000, 5_000_000, 1_000_000, 250_000];

const TURNS = [
  { value: "high", label: "Before all others" },
  { value: "usual", label: "As it comes" },
  { value: "low", label: "When nothing else is sent" },
];

/** `5.0 MB a second`; nothing is no limit. */
export function nameSpeed(limit: number | null): string {
  return limit === null ? "As fast as the line" : `${nameSize(limit)} a second`;
}

const chosen = <IconCheck size={15} aria-label="chosen" />;

/** How fast one transfer may be and whose turn it is: it holds at once. */
export function SpeedMenu({ transfer: { id, title, limit, priority } }: { transfer: Transfer }) {
  const cache = useQueryClient();
  const set = useMutation({
    mutationFn: (deed: () => Promise<void>) => deed(),
    onSettled: () => cache.invalidateQueries({ queryKey: ["transfers"] }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconGauge size={15} aria-hidden="true" />}
          aria-label={`Speed of ${title}`}
          loading={set.isPending}
        >
          Speed
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>At most</Menu.Label>
        {SPEEDS.map((speed) => (
          <Menu.Item
            key={speed}
            rightSection={speed === limit && chosen}
            onClick={() => set.mutate(() => limitTransfer(id, speed))}
          >
            {nameSpeed(speed)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Its turn</Menu.Label>
        {TURNS.map(({ value, label }) => (
          <Menu.Item
            key={value}
            rightSection={value === priority && chosen}
            onClick={() => set.mutate(() => prioritise(id, value))}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
