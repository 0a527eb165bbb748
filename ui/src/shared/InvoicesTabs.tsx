import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "./permissions";

const LISTS = { invoices: "/invoices", books: "/price-books" } as const;

/** Invoices, and the prices they are made by, for those who set them. */
export function InvoicesTabs({ current }: { current: keyof typeof LISTS }) {
  const navigate = useNavigate();
  if (!useMay("issue invoices")) return null;
  return (
    <SegmentedControl
      aria-label="List"
      data={[
        { value: "invoices", label: "Invoices" },
        { value: "books", label: "Price books" },
      ]}
      value={current}
      onChange={(list) => navigate({ to: LISTS[list as keyof typeof LISTS] })}
    />
  );
}
