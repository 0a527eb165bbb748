import { Alert, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Invoice, InvoiceBrief, Job } from "../../../host/wire";
import { Amount } from "../../../shared/Amount";
import { nameMonthBriefly } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { settings } from "../../../shared/queries";
import { Scrolled } from "../../../shared/Scrolled";
import { approve, issue } from "../load";
import { nameDocument } from "../states";
import { type Deed, startBatch } from "./batch";
import { Running } from "./Running";

/** What is done to invoices that are there. */
export type BatchDeed = Exclude<Deed, "draft">;

type Words = {
  word: string;
  /** Of one alone, done at once; a batch where there is none. */
  act?: (id: number) => Promise<Invoice>;
};

const DEEDS: Record<BatchDeed, Words> = {
  approve: { word: "Approve", act: approve },
  issue: { word: "Issue", act: issue },
  send: { word: "Send" },
};

function plural(count: number): string {
  return count === 1 ? "1 invoice" : `${formatCount(count)} invoices`;
}

/** What this does and whether it can be taken back. */
function Consequence({ deed, one }: { deed: BatchDeed; one: boolean }) {
  const seller = useQuery(settings).data;
  switch (deed) {
    case "approve":
      return (
        <Text size="sm">
          {one ? "It can" : "They can"} be issued from then on. Until that is done, an approval can be
          withdrawn.
        </Text>
      );
    case "issue":
      return (
        <Text size="sm">
          {one ? "It takes" : "Each takes"} the next number
          {seller !== undefined && ` of its series (invoices: ${seller.invoice_series})`} and is dated today.
          From then on it never changes; a correction is another document.
        </Text>
      );
    case "send":
      return (
        <Text size="sm">
          {one ? "It goes" : "Each goes"} by mail to the addresses of its buyer, with the PDF and whatever
          else that buyer wants attached. What was sent cannot be taken back.
        </Text>
      );
  }
}

function Subject({ invoices }: { invoices: InvoiceBrief[] }) {
  return (
    <Scrolled label="Which invoices">
      <Table verticalSpacing={5} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>For</Table.Th>
            <Table.Th>Month</Table.Th>
            <Table.Th ta="end">Total</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoices.map((invoice) => (
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
    </Scrolled>
  );
}

function Warnings({ invoices }: { invoices: InvoiceBrief[] }) {
  const warnings = [...new Set(invoices.flatMap((invoice) => invoice.warnings))];
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" styles={{ title: { color: "var(--tp-warn)" } }} title="Before you do">
      {warnings.slice(0, 20).map((warning) => (
        <Text key={warning} size="sm">
          {warning}
        </Text>
      ))}
    </Alert>
  );
}

type AskProps = {
  deed: BatchDeed;
  invoices: InvoiceBrief[];
  onBegun: (job: Job["id"]) => void;
  onClose: () => void;
};

/** Says exactly what will happen to which invoices before it does. */
function Ask({ deed, invoices, onBegun, onClose }: AskProps) {
  const cache = useQueryClient();
  const { word, act } = DEEDS[deed];
  const [only, ...others] = invoices;
  const run = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      if (act === undefined || only === undefined || others.length > 0) {
        return startBatch({ action: deed, invoices: invoices.map(({ id }) => id) });
      }
      return act(only.id);
    },
    onSuccess: (answer) => {
      if ("unit" in answer) return onBegun(answer.id);
      void cache.invalidateQueries();
      showDone(`${nameDocument(answer)} was ${answer.state}`);
      return onClose();
    },
  });
  const one = invoices.length === 1;
  return (
    <Stack gap="md">
      <Subject invoices={invoices} />
      <Consequence deed={deed} one={one} />
      <Warnings invoices={invoices} />
      {run.error !== null && <ErrorPanel error={run.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Not yet
        </Button>
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          {word} {one ? "invoice" : plural(invoices.length)}
        </Button>
      </Group>
    </Stack>
  );
}

type BatchDialogProps = { deed: BatchDeed; invoices: InvoiceBrief[]; onClose: () => void };

/** Does the same to several invoices, one after the other; closing it does not stop them. */
export function BatchDialog({ deed, invoices, onClose }: BatchDialogProps) {
  // What is on the screen changes while the batch runs; the batch is what was shown when it began.
  const [batch] = useState(invoices);
  const [job, setJob] = useState<Job["id"]>();
  const what = batch.length === 1 ? "this invoice" : plural(batch.length);
  return (
    <Modal opened onClose={onClose} title={`${DEEDS[deed].word} ${what}?`} size={600}>
      {job === undefined ? (
        <Ask deed={deed} invoices={batch} onBegun={setJob} onClose={onClose} />
      ) : (
        <Running id={job} onClose={onClose} />
      )}
    </Modal>
  );
}
