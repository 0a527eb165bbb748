import { Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Restatement } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameMonth } from "../../shared/days";
import { ExportTable } from "../../shared/ExportTable";
import { formatMoney } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { useMay } from "../../shared/permissions";
import { Strip } from "../../shared/Strip";
import { creditRestatement, restatements } from "./load";

/** Says that a billed month's data have changed since, and proposes to put it right. */
export function RestatementsBanner({ month }: { month: string }) {
  const found = useQuery(restatements(month)).data ?? [];
  const [open, setOpen] = useState(false);
  const [first, ...others] = found;
  if (first === undefined) return null;
  return (
    <>
      <Strip
        icon={<IconArrowsDiff size={17} aria-hidden="true" />}
        label="Restated after it was billed"
        action={
          <Button variant="default" onClick={() => setOpen(true)}>
            Look at the difference…
          </Button>
        }
      >
        <strong>
          The data of {nameMonth(month)} changed after{" "}
          {found.length === 1 ? "an invoice was" : "invoices were"} issued.
        </strong>{" "}
        {first.for.label}: billed {formatMoney(first.billed, first.currency)}, now{" "}
        {formatMoney(first.now, first.currency)}
        {others.length > 0 && `, and ${others.length} more`}. Nothing changes by itself.
      </Strip>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={`${nameMonth(month)} was restated`}
        size={680}
      >
        <Stack gap="xl">
          {found.map((one) => (
            <Proposal key={`${one.for.kind} ${one.for.id} ${one.currency}`} restatement={one} />
          ))}
          <Group justify="flex-end">
            <ExportTable label="Restated invoices" file={{ table: "restatements", query: { month } }} />
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** Drafts one of the credit notes that are proposed. */
function DraftButton({ credit }: { credit: Restatement["credits"][number] }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { invoice } = credit;
  const draft = useMutation({
    mutationFn: () => creditRestatement(invoice.id, "The provider restated the month"),
    onSuccess: (drafted) => {
      void cache.invalidateQueries();
      showDone(`A credit note of ${invoice.number} was drafted; look it through before it is issued`);
      navigate({ to: "/invoices/$id", params: { id: String(drafted.id) }, search: {} });
    },
  });
  return (
    <Button variant="default" loading={draft.isPending} onClick={() => draft.mutate()}>
      Draft a credit note of {invoice.number}
    </Button>
  );
}

type ProposalProps = { restatement: Restatement };

/** What changed for one of those who were billed, and what gives back what was too much. */
function Proposal({
  restatement: { for: owner, currency, billed, now, difference, lines, credits },
}: ProposalProps) {
  const mayIssue = useMay("issue invoices");
  return (
    <section aria-label={owner.label}>
      <Text fw={600} size="sm" style={{ overflowWrap: "anywhere" }}>
        <bdi>{owner.label}</bdi>
      </Text>
      <Text size="sm" mb={6}>
        Billed at cost of {formatMoney(billed, currency)}, now {formatMoney(now, currency)}.
      </Text>
      <Table.ScrollContainer minWidth={300} mah={260}>
        <Table verticalSpacing={4} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Service and resource</Table.Th>
              <Table.Th ta="end">Difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={`${line.service} ${line.resource}`}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  {line.service}
                  {line.resource !== null && <span className="soft"> {line.resource}</span>}
                </Table.Td>
                <Table.Td className="figure">
                  <Amount amount={line.difference} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th>Without tax, {currency}</Table.Th>
              <Table.Th className="figure">
                <Amount amount={difference} />
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
      {mayIssue && (
        <Group gap={8} mt={8}>
          {credits.map((credit) => (
            <DraftButton key={credit.invoice.id} credit={credit} />
          ))}
        </Group>
      )}
      {credits.length === 0 && <span className="soft">What came on top is in the month's next draft.</span>}
    </section>
  );
}
