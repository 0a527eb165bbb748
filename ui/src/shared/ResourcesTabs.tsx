import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

/** What there is, and the rules that say whose it is. */
export function ResourcesTabs({ current }: { current: "resources" | "rules" }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="List"
      data={[
        { value: "resources", label: "Resources" },
        { value: "rules", label: "Rules" },
      ]}
      value={current}
      onChange={(list) => navigate({ to: list === "rules" ? "/rules" : "/resources" })}
    />
  );
}
