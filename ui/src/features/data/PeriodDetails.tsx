import { Button, Drawer, List, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Period } from "../../host/wire";
import { nameSource, StatusBadge } from "../../shared/Basis";
import { firstDay, lastDay, nameMoment, nameMonth } from "../../shared/days";
import { formatCount, formatExactly } from "../../shared/money";

function Facts({ period }: { period: Period }) {
  const facts: [string, string][] = [
    ["Client", period.client],
    ["Billing account", period.billing_account],
    ["Source", nameSource(period.source)],
    ...(period.file === null ? [] : ([["File", period.file]] as [string, string][])),
    ...(period.part > 1 ? ([["Part", String(period.part)]] as [string, string][]) : []),
    [
      "Version",
      period.replaces === null
        ? `${period.version}`
        : `${period.version}, replaced version ${period.replaces}`,
    ],
    ["Loaded", nameMoment(period.loaded_at)],
    ["Lines", `${formatCount(period.lines)}, summed to ${formatCount(period.charges)} charges`],
  ];
  return (
    <Table verticalSpacing={5} withRowBorders={false}>
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td c="dimmed" w={130} pl={0}>
              {name}
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** One version of one billing period, to the last digit. */
export function PeriodDetails({ period, onClose }: { period: Period | undefined; onClose: () => void }) {
  return (
    <Drawer
      opened={period !== undefined}
      onClose={onClose}
      title={period === undefined ? "" : nameMonth(period.period)}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {period !== undefined && (
        <Stack gap="lg">
          <div>
            <StatusBadge status={period.status} />
            <Facts period={period} />
          </div>
          <Table verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Currency</Table.Th>
                <Table.Th ta="end">Billed</Table.Th>
                <Table.Th ta="end">Effective</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {period.totals.map((total) => (
                <Table.Tr key={total.currency}>
                  <Table.Td>{total.currency}</Table.Td>
                  <Table.Td className="figure">{formatExactly(total.billed)}</Table.Td>
                  <Table.Td className="figure">{formatExactly(total.effective)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {period.notes.length > 0 && (
            <div>
              <Text size="sm" fw={600} mb={4}>
                Noticed
              </Text>
              <List size="sm" spacing={2}>
                {period.notes.map((note) => (
                  <List.Item key={note} style={{ overflowWrap: "anywhere" }}>
                    {note}
                  </List.Item>
                ))}
              </List>
            </div>
          )}
          {period.skipped_rows.length > 0 && (
            <div>
              <Text size="sm" fw={600} mb={4}>
                Rows left out by decision
              </Text>
              <Table verticalSpacing={4}>
                <Table.Tbody>
                  {period.skipped_rows.slice(0, 200).map((row) => (
                    <Table.Tr key={`${row.line} ${row.column}`}>
                      <Table.Td w={80}>line {row.line}</Table.Td>
                      <Table.Td>
                        {row.column !== null && `${row.column}: `}
                        {row.reason}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )}
          {period.current && (
            <Button
              component={Link}
              variant="default"
              to="/costs"
              search={
                {
                  from: firstDay(period.period),
                  to: lastDay(period.period),
                  client: [period.client],
                } as never
              }
            >
              Costs of this period
            </Button>
          )}
        </Stack>
      )}
    </Drawer>
  );
}
