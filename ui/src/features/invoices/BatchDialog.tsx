import { Alert, Progress as Bar, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asRefusal } from "../../host/problem";
import type { InvoiceBrief } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameMonthBriefly } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { settings } from "../../shared/queries";
import styles from "./Invoices.module.css";
import { approve, inTurn, issue, type Progress } from "./load";

export type Deed = "approve" | "issue";

const DEEDS = {
  approve: { act: approve, word: "Approve", done: "approved" },
  issue: { act: issue, word: "Issue", done: "issued" },
} as const;

function plural(count: number): string {
  return count === 1 ? "1 invoice" : `${formatCount(count)} invoices`;
}

/** What this does and whether it can be taken back. */
function Consequence({ deed, one }: { deed: Deed; one: boolean }) {
  const seller = useQuery(settings).data;
  if (deed === "approve") {
    return (
      <Text size="sm">
        {one ? "It can" : "They can"} be issued from then on. Until that is done, an approval can be
        withdrawn.
      </Text>
    );
  }
  return (
    <Text size="sm">
      {one ? "It takes" : "Each takes"} the next number
      {seller !== undefined && ` of its series (invoices: ${seller.invoice_series})`} and is dated today. From
      then on it never changes; a correction is another document.
    </Text>
  );
}

function Refusals({ progress: { refused } }: { progress: Progress }) {
  const [first, ...others] = refused;
  if (first === undefined) return null;
  if (others.length === 0) return <ErrorPanel error={first.fault} />;
  return (
    <Alert color="red" title={`${plural(refused.length)} stayed as before`} role="alert">
      <ul className={styles.list}>
        {refused.slice(0, 50).map(({ name, fault }) => (
          <li key={name}>
            <strong>{name}</strong> {asRefusal(fault).message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

type BatchDialogProps = { deed: Deed | undefined; invoices: InvoiceBrief[]; onClose: () => void };

/** Says exactly what will happen to which invoices, then how far it has come; it can be stopped. */
export function BatchDialog({ deed, invoices, onClose }: BatchDialogProps) {
  return (
    <Modal
      opened={deed !== undefined}
      onClose={onClose}
      title={
        deed === undefined
          ? ""
          : invoices.length === 1
            ? `${DEEDS[deed].word} this invoice?`
            : `${DEEDS[deed].word} ${plural(invoices.length)}?`
      }
      size={560}
    >
      {deed !== undefined && <Batch deed={deed} invoices={invoices} onClose={onClose} />}
    </Modal>
  );
}

function Batch({ deed, invoices, onClose }: BatchDialogProps & { deed: Deed }) {
  const cache = useQueryClient();
  // What is on the screen changes while the batch runs; the batch is what was shown when it began.
  const [batch] = useState(invoices);
  const [progress, setProgress] = useState<Progress>({ done: 0, refused: [] });
  const stopped = useRef(false);
  const { act, word, done } = DEEDS[deed];
  const run = useMutation({
    meta: { quiet: true },
    mutationFn: () => inTurn(batch, act, setProgress, () => stopped.current),
    onSuccess: (ended) => {
      if (ended.done > 0) showDone(`${plural(ended.done)} ${ended.done === 1 ? "was" : "were"} ${done}`);
      if (ended.refused.length === 0) onClose();
    },
    onSettled: () => cache.invalidateQueries(),
  });
  // Leaving the page stops what was not begun.
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const warnings = [...new Set(batch.flatMap((invoice) => invoice.warnings))];
  const past = progress.done + progress.refused.length;
  const ended = run.isSuccess;
  return (
    <Stack gap="md">
      <Table.ScrollContainer minWidth={320} mah={260}>
        <Table verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>For</Table.Th>
              <Table.Th>Month</Table.Th>
              <Table.Th ta="end">Total</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {batch.map((invoice) => (
              <Table.Tr key={invoice.id}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <bdi>{invoice.for.label}</bdi>
                  {invoice.kind === "credit_note" && <span className="soft"> (credit note)</span>}
                </Table.Td>
                <Table.Td>{nameMonthBriefly(invoice.period)}</Table.Td>
                <Table.Td className="figure">
                  <Amount amount={invoice.total} currency={invoice.currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!ended && <Consequence deed={deed} one={batch.length === 1} />}
      {warnings.length > 0 && !run.isPending && !ended && (
        <Alert color="yellow" styles={{ title: { color: "var(--tp-warn)" } }} title="Before you do">
          {warnings.map((warning) => (
            <Text key={warning} size="sm">
              {warning}
            </Text>
          ))}
        </Alert>
      )}
      {run.isPending && (
        <div role="status">
          <Bar value={(past / batch.length) * 100} aria-label={`${word}: progress`} />
          <Text size="sm" mt={6}>
            {formatCount(past)} of {formatCount(batch.length)}
          </Text>
        </div>
      )}
      <Refusals progress={progress} />
      <Group justify="flex-end">
        {ended ? (
          <Button onClick={onClose}>Close</Button>
        ) : run.isPending ? (
          <Button
            variant="default"
            onClick={() => {
              stopped.current = true;
            }}
          >
            Stop after this one
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose} data-autofocus>
              Not yet
            </Button>
            <Button onClick={() => run.mutate()}>
              {word} {batch.length === 1 ? "invoice" : plural(batch.length)}
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
}
