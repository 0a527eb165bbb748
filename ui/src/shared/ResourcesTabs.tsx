import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

const PATHS = { resources: "/resources", rules: "/rules", sharing: "/sharing" } as const;

/** What there is, the rules that say whose it is, and who bears what is owned by one. */
export function ResourcesTabs({ current }: { current: keyof typeof PATHS }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="List"
      data={[
        { value: "resources", label: "Resources" },
        { value: "rules", label: "Rules" },
        { value: "sharing", label: "Sharing" },
      ]}
      value={current}
      onChange={(list) => navigate({ to: PATHS[list as keyof typeof PATHS] })}
    />
  );
}
