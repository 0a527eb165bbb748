import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "./permissions";

const LISTS = [
  { value: "workspace", label: "Workspace", to: "/settings/workspace" },
  { value: "buyers", label: "Buyers", to: "/settings/buyers", bills: true },
  { value: "taxes", label: "Taxes", to: "/settings/taxes", bills: true },
  { value: "rates", label: "Exchange rates", to: "/settings/rates", bills: true },
  { value: "schedules", label: "Schedules", to: "/settings/schedules" },
] as const;

type SettingsTabsProps = { current: (typeof LISTS)[number]["value"] };

/** The workspace itself, what invoices are made with, and what runs without being asked. */
export function SettingsTabs({ current }: SettingsTabsProps) {
  const navigate = useNavigate();
  const mayIssue = useMay("issue invoices");
  const shown = LISTS.filter((one) => mayIssue || !("bills" in one));
  return (
    <SegmentedControl
      aria-label="List"
      style={{ maxWidth: "100%", overflowX: "auto" }}
      data={shown.map(({ value, label }) => ({ value, label }))}
      value={current}
      onChange={(list) => {
        const chosen = LISTS.find((one) => one.value === list);
        if (chosen !== undefined) navigate({ to: chosen.to });
      }}
    />
  );
}
