import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

/** The workspace itself, and what runs in it without being asked. */
export function SettingsTabs({ current }: { current: "workspace" | "schedules" }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="List"
      data={[
        { value: "workspace", label: "Workspace" },
        { value: "schedules", label: "Schedules" },
      ]}
      value={current}
      onChange={(list) =>
        navigate({ to: list === "schedules" ? "/settings/schedules" : "/settings/workspace" })
      }
    />
  );
}
