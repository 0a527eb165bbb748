import { Badge, Button, Group, List, Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Job } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameMonthBriefly } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { isRunning, materialOf } from "../../shared/jobs";
import { formatCount, formatMoney } from "../../shared/money";
import { nameSize } from "../../shared/sizes";
import { type BadRow, type Bill, badRowsOf, type Loaded, resultOf, startImports } from "./load";
import { nameOutcome } from "./summary";

type Asked = NonNullable<Loaded["asked"]>[number];

function BadRows({ rows, count }: { rows: BadRow[]; count: number }) {
  return (
    <div>
      <Table.ScrollContainer minWidth={360} mah={300}>
        <Table stickyHeader verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="end">Line</Table.Th>
              <Table.Th>Column</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, 200).map((row) => (
              <Table.Tr key={`${row.line} ${row.column} ${row.reason}`}>
                <Table.Td className="figure">{formatCount(row.line)}</Table.Td>
                <Table.Td>{row.column ?? "–"}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{row.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {count > Math.min(rows.length, 200) && (
        <Text size="xs" c="dimmed" mt={4}>
          The first {Math.min(rows.length, 200)} of {formatCount(count)}.
        </Text>
      )}
    </div>
  );
}

/** What the asking was and what it cost. */
function describeAsked({ requests, price, currency, files, bytes }: Asked): string {
  if (files === undefined) {
    return `AWS was asked ${formatCount(requests)} times, for ${formatMoney(price, currency)}.`;
  }
  if (files === 0) return "Nothing was new in the export.";
  const size = bytes === undefined ? "" : `, ${nameSize(bytes)}`;
  return `${formatCount(files)} ${files === 1 ? "file" : "files"} of the export came${size}.`;
}

/** The bills that came in together, each with its files. */
function Bills({ bills }: { bills: Bill[] }) {
  return (
    <List size="sm" spacing={4} aria-label="Bills">
      {bills.slice(0, 50).map((bill) => (
        <List.Item key={`${bill.file} ${bill.lines}`} style={{ overflowWrap: "anywhere" }}>
          <strong>{bill.file}</strong>{" "}
          <span className="soft" title={bill.files.map((file) => file.name).join("\n")}>
            {bill.files.length > 1 && `${formatCount(bill.files.length)} files, `}
            {formatCount(bill.lines)} lines
          </span>
        </List.Item>
      ))}
    </List>
  );
}

function Result({ result }: { result: Loaded }) {
  return (
    <Stack gap="sm">
      <Text size="sm">
        {result.format ? `${result.format}. ` : ""}
        {result.lines !== undefined && `${formatCount(result.lines)} lines became `}
        {result.charges !== undefined && `${formatCount(result.charges)} charges.`}
        {result.asked?.map((asked) => (
          <span key={`${asked.requests} ${asked.price} ${asked.files}`}>{describeAsked(asked)} </span>
        ))}
      </Text>
      {(result.sets.length > 1 || (result.sets[0]?.files.length ?? 0) > 1) && <Bills bills={result.sets} />}
      {result.periods.length > 0 && (
        <Table.ScrollContainer minWidth={440}>
          <Table verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Billing period</Table.Th>
                <Table.Th>Billing account</Table.Th>
                <Table.Th>Outcome</Table.Th>
                <Table.Th ta="end">Billed</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {result.periods.map((period) => (
                <Table.Tr key={`${period.client} ${period.billing_account} ${period.period}`}>
                  <Table.Td>{nameMonthBriefly(period.period)}</Table.Td>
                  <Table.Td>{period.billing_account}</Table.Td>
                  <Table.Td>
                    <Badge color={period.outcome === "replaced" ? "yellow" : "gray"} c="inherit">
                      {nameOutcome(period.outcome)}
                    </Badge>
                  </Table.Td>
                  <Table.Td className="figure">
                    {period.totals.map((total) => (
                      <div key={total.currency}>
                        <Amount amount={total.billed} currency={total.currency} />
                      </div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {result.notes.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            Noticed
          </Text>
          <List size="sm" spacing={2}>
            {result.notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </div>
      )}
      {result.skipped_rows.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            Left out, as you said
          </Text>
          <BadRows rows={result.skipped_rows} count={result.skipped_rows.length} />
        </div>
      )}
    </Stack>
  );
}

/** What a job did, or why not, and for a refused file the way on. */
export function JobDetails({ job, onClose }: { job: Job; onClose: () => void }) {
  const bad = badRowsOf(job);
  const result = resultOf(job);
  const material = materialOf(job.id);
  const again = useMutation({
    mutationFn: async () => {
      if (material === undefined) return [];
      return startImports([material.picked], {
        client: material.client,
        add: material.add,
        skipBadRows: true,
      });
    },
    onSuccess: onClose,
  });
  return (
    <Stack gap="md">
      {job.problem !== null && bad === undefined && <ErrorPanel error={job.problem} />}
      {bad !== undefined && (
        <>
          <Text size="sm">
            {bad.count === 1 ? "One row" : `${formatCount(bad.count)} rows`} cannot be read, so nothing was
            imported. Either all of a bill is right, or you say that the rest may come in without{" "}
            {bad.count === 1 ? "it" : "them"}; that is recorded with the billing period.
          </Text>
          <BadRows rows={bad.rows} count={bad.count} />
        </>
      )}
      {job.state === "done" && result !== undefined && <Result result={result} />}
      {job.problem === null && (job.state !== "done" || result === undefined) && (
        <Text size="sm">{isRunning(job) ? "Still at work." : job.message || job.state}</Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {bad !== undefined && material !== undefined && (
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            Import the rest without {bad.count === 1 ? "this row" : `these ${formatCount(bad.count)} rows`}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
