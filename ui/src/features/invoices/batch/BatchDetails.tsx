import { Badge, Button, Group, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Job } from "../../../host/wire";
import { Amount } from "../../../shared/Amount";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { JobBar, progressOf } from "../../../shared/JobProgress";
import { cancelJob, isRunning } from "../../../shared/jobs";
import { formatCount, formatMoney } from "../../../shared/money";
import { Scrolled } from "../../../shared/Scrolled";
import { type BatchResult, type Ended, inOrder, outcomeOf, resultOf, tellOutcomes } from "./batch";

/** How far it is. It goes on when nobody looks. */
function AtWork({ job }: { job: Job }) {
  return (
    <div role="status">
      <JobBar job={job} />
      <Text size="sm" mt={6}>
        {progressOf(job)}
      </Text>
      <Text size="sm" className="soft">
        It goes on when this is closed; the line at the bottom of the window says how far it is.
      </Text>
    </div>
  );
}

function Row({ one, onClose }: { one: Ended; onClose: () => void }) {
  const { name, colour } = outcomeOf(one);
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        {one.invoice === null ? (
          <bdi>{one.for.label}</bdi>
        ) : (
          <Link to="/invoices/$id" params={{ id: String(one.invoice) }} search={{}} onClick={onClose}>
            <bdi>{one.for.label}</bdi>
          </Link>
        )}
        {one.number !== null && <span className="soft"> {one.number}</span>}
        {one.reason !== null && <div className="soft">{one.reason}</div>}
      </Table.Td>
      <Table.Td>
        <Badge color={colour} c="inherit">
          {name}
        </Badge>
      </Table.Td>
      <Table.Td className="figure">
        {one.total !== null && one.currency !== null && <Amount amount={one.total} currency={one.currency} />}
      </Table.Td>
    </Table.Tr>
  );
}

function Result({ result, onClose }: { result: BatchResult; onClose: () => void }) {
  return (
    <Stack gap="sm">
      <Text size="sm">
        {result.recipients.length === 0 ? "There was nobody to do it for." : tellOutcomes(result.recipients)}
        {result.totals.map(({ currency, total, count }) => (
          <span key={currency} className="soft">
            {" "}
            · {formatMoney(total, currency)} on {formatCount(count)}
          </span>
        ))}
      </Text>
      {result.recipients.length > 0 && (
        <Scrolled label="What became of each">
          <Table verticalSpacing={5} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>For</Table.Th>
                <Table.Th>Outcome</Table.Th>
                <Table.Th ta="end">Total</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {inOrder(result.recipients).map((one, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: somebody may stand here twice, and nothing moves
                <Row key={at} one={one} onClose={onClose} />
              ))}
            </Table.Tbody>
          </Table>
        </Scrolled>
      )}
    </Stack>
  );
}

/** How far a batch is or what became of each, with the way to every invoice. */
export function BatchDetails({ job, onClose }: { job: Job; onClose: () => void }) {
  const result = resultOf(job);
  const running = isRunning(job);
  return (
    <Stack gap="md">
      {running && <AtWork job={job} />}
      {job.problem !== null && <ErrorPanel error={job.problem} />}
      {!running && result !== undefined && <Result result={result} onClose={onClose} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {running && <Button onClick={() => cancelJob(job.id)}>Stop after this one</Button>}
      </Group>
    </Stack>
  );
}
