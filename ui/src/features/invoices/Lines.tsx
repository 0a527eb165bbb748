import { useMemo } from "react";
import type { Invoice, InvoiceLine } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { type Column, DataTable } from "../../shared/DataTable";
import { compareAmounts, formatExactly, isZero } from "../../shared/money";
import { TwoLines } from "../../shared/TwoLines";

/** What a line is called, and what is said of it below. */
export function nameLine({ text, service, resource }: InvoiceLine): { first: string; second: string | null } {
  const [first = "Without a resource", second] = [text, service, resource].flatMap((part) =>
    part === null || part === "" ? [] : [part],
  );
  return { first, second: second ?? null };
}

/** `720 hours at 0.0120`. */
function nameQuantity({ quantity, unit, unit_price }: InvoiceLine): string {
  if (quantity === null) return "";
  const price = unit_price === null ? "" : ` at ${formatExactly(unit_price)}`;
  return `${formatExactly(quantity)} ${unit ?? ""}${price}`;
}

function columnsOf({ lines, taxes, currency }: Invoice): Column<InvoiceLine>[] {
  const figure = (
    id: string,
    head: string,
    of: (line: InvoiceLine) => string | null,
  ): Column<InvoiceLine> => ({
    id,
    head,
    figures: true,
    sort: (left, right) => compareAmounts(of(left) ?? "0", of(right) ?? "0"),
    cell: (line) => {
      const amount = of(line);
      return amount === null ? <span className="soft">–</span> : <Amount amount={amount} />;
    },
  });
  const has = (of: (line: InvoiceLine) => string | null) => lines.some((line) => of(line) !== null);
  return [
    {
      id: "line",
      head: "Service and resource",
      sort: (left, right) => nameLine(left).first.localeCompare(nameLine(right).first),
      cell: (line) => <TwoLines {...nameLine(line)} />,
    },
    ...(has((line) => line.why)
      ? [
          {
            id: "why",
            head: "Why this price",
            width: 320,
            minor: true,
            cell: (line: InvoiceLine) => (
              <span className="soft" title={line.why ?? undefined}>
                {line.why}
              </span>
            ),
          },
        ]
      : []),
    ...(has((line) => line.quantity)
      ? [{ id: "quantity", head: "Quantity", figures: true, minor: true, cell: nameQuantity }]
      : []),
    ...(taxes.length > 1
      ? [
          {
            id: "tax",
            head: "Tax",
            minor: true,
            figures: true,
            cell: (line: InvoiceLine) => `${taxes[line.tax]?.rate ?? ""} %`,
          },
        ]
      : []),
    ...(has((line) => line.cost)
      ? [
          { ...figure("cost", `Cost (${currency})`, (line) => line.cost), minor: true },
          { ...figure("margin", "Margin", (line) => line.margin), minor: true },
        ]
      : []),
    ...(lines.some((line) => line.credited !== null && !isZero(line.credited))
      ? [{ ...figure("credited", "Credited", (line) => line.credited), minor: true }]
      : []),
    {
      ...figure("amount", `Amount (${currency})`, (line) => line.amount),
      cell: (line) => (
        <span title={`${formatExactly(line.exact)} before rounding`}>
          <Amount amount={line.amount} />
        </span>
      ),
    },
  ];
}

/** What the document is made of, line by line; what it cost us and earns us for those who may see it. */
export function Lines({ invoice }: { invoice: Invoice }) {
  const columns = useMemo(() => columnsOf(invoice), [invoice]);
  return (
    <DataTable
      tall
      stickyFirst
      label="Lines"
      file={{ table: "invoice-lines", query: { invoice: invoice.id } }}
      columns={columns}
      rows={invoice.lines}
      rowId={(line) => String(line.n)}
    />
  );
}
