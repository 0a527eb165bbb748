import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

const LISTS = {
  inbox: { to: "/alerts", label: "Inbox" },
  rules: { to: "/alerts/rules", label: "Rules" },
  channels: { to: "/alerts/channels", label: "Channels" },
  log: { to: "/alerts/log", label: "Log" },
} as const;

type List = keyof typeof LISTS;

/** What was raised, by which rules, by which ways it goes out, and what became of that. */
export function AlertsTabs({ current }: { current: List }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="List"
      data={Object.entries(LISTS).map(([value, { label }]) => ({ value, label }))}
      value={current}
      onChange={(list) => navigate({ to: LISTS[list as List].to, search: {} })}
    />
  );
}
