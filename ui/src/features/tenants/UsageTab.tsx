import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Tenant, TenantUsageDay, UsageBeside } from "../../host/wire";
import { type Column, DataTable } from "../../shared/DataTable";
import { monthOf, nameDay, nameMonth, today } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { MonthPicker } from "../../shared/MonthPicker";
import { formatCount } from "../../shared/money";
import { Section } from "../../shared/Page";
import { nameSize } from "../../shared/sizes";
import { Answer } from "../../shared/Waiting";
import { usage } from "./load";

const size = (
  id: "stored_bytes" | "uploaded_bytes" | "downloaded_bytes",
  head: string,
  minor = false,
): Column<TenantUsageDay> => ({
  id,
  head,
  figures: true,
  minor,
  sort: (left, right) => left[id] - right[id],
  cell: (row) => nameSize(row[id]),
});

const COLUMNS: Column<TenantUsageDay>[] = [
  {
    id: "day",
    head: "Day",
    sort: (left, right) => left.day.localeCompare(right.day),
    cell: ({ day }) => nameDay(day),
  },
  size("stored_bytes", "Stored"),
  size("uploaded_bytes", "Brought"),
  size("downloaded_bytes", "Fetched"),
  {
    id: "requests",
    head: "Requests",
    figures: true,
    minor: true,
    cell: ({ requests }) => formatCount(requests),
  },
  { id: "users", head: "Users", figures: true, minor: true, cell: ({ users }) => formatCount(users) },
];

/** What all tenants of the account moved, beside what the bill says of it: what is left over is said. */
function Beside({ bill }: { bill: UsageBeside }) {
  const { measured_uploaded, measured_downloaded, billed_uploaded, billed_downloaded, residual, until } =
    bill;
  return (
    <p className="soft">
      Until {nameDay(until)}, all tenants were measured to bring {nameSize(measured_uploaded)} and fetch{" "}
      {nameSize(measured_downloaded)}; the bill says {nameSize(billed_uploaded)} and{" "}
      {nameSize(billed_downloaded)}.{" "}
      {residual === 0
        ? "Nothing is left over."
        : `${residual < 0 ? "−" : ""}${nameSize(Math.abs(residual))} is not explained.`}
    </p>
  );
}

type UsageTabProps = { tenant: Tenant; asked: string | undefined };

/** What a tenant stored and moved, day by day: what its invoice is made of. */
export function UsageTab({ tenant, asked }: UsageTabProps) {
  const navigate = useNavigate();
  const month = asked ?? monthOf(today());
  const query = useQuery(usage(tenant.id, month));
  return (
    <Section
      title={nameMonth(month)}
      note="as price books charge it, by GB stored, GB moved and user"
      actions={
        <MonthPicker
          month={month}
          onChange={(next) =>
            navigate({
              to: "/tenants/$id",
              params: { id: String(tenant.id) },
              search: { show: "usage", month: next },
              replace: true,
            })
          }
        />
      }
    >
      <Answer query={query}>
        {({ days, bill }) => (
          <>
            {bill !== null && <Beside bill={bill} />}
            <DataTable
              label={`Usage in ${nameMonth(month)}`}
              file={{ table: "tenant-usage", query: { tenant: tenant.id, month } }}
              columns={COLUMNS}
              rows={days}
              rowId={({ day }) => day}
              empty={
                <Empty icon={<IconChartBar size={24} stroke={1.6} />} title="Nothing measured">
                  Usage is measured once a day; the first figures come the day after a tenant is set up.
                </Empty>
              }
            />
          </>
        )}
      </Answer>
    </Section>
  );
}
