import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

/** People and teams are one place with two lists. */
export function PeopleTabs({ current }: { current: "people" | "teams" }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="List"
      data={[
        { value: "people", label: "People" },
        { value: "teams", label: "Teams" },
      ]}
      value={current}
      onChange={(list) => navigate({ to: list === "teams" ? "/teams" : "/people" })}
    />
  );
}
