import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

const LISTS = {
  periods: { to: "/data", label: "Periods" },
  reconciliation: { to: "/reconciliation", label: "Reconciliation" },
  quarantine: { to: "/quarantine", label: "Quarantine" },
} as const;

type List = keyof typeof LISTS;

/** What is loaded, whether it agrees with the provider's own totals, and what is held back. */
export function DataTabs({ current }: { current: List }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="List"
      data={Object.entries(LISTS).map(([value, { label }]) => ({ value, label }))}
      value={current}
      onChange={(list) => navigate({ to: LISTS[list as List].to })}
    />
  );
}
