import { Button, Group } from "@mantine/core";
import { formatCount } from "./money";

type PagerProps = { page: number; size: number; total: number; onChange: (page: number) => void };

/** Which part of a long list is shown, and the way to the others; nothing where it fits one page. */
export function Pager({ page, size, total, onChange }: PagerProps) {
  if (total <= size && page === 1) return null;
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total);
  return (
    <Group component="nav" aria-label="Pages" gap={8} px={24} py={10}>
      <Button variant="default" disabled={page === 1} onClick={() => onChange(page - 1)}>
        Back
      </Button>
      <Button variant="default" disabled={last >= total} onClick={() => onChange(page + 1)}>
        Further
      </Button>
      <span className="soft">
        {first <= last ? `${formatCount(first)} to ${formatCount(last)}` : "None here"} of{" "}
        {formatCount(total)}
      </span>
    </Group>
  );
}
