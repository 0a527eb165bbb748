import { Alert, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Invoice } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameMonth } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { settings } from "../../shared/queries";
import { issueAll } from "./load";

/** Says exactly what issuing does, since it cannot be undone. */
export function IssueDialog({ invoices, onClose }: { invoices: Invoice[]; onClose: () => void }) {
  const cache = useQueryClient();
  const seller = useQuery({ ...settings, enabled: invoices.length > 0 });
  const issue = useMutation({
    meta: { quiet: true },
    mutationFn: () => issueAll(invoices.map((invoice) => invoice.id)),
    onSuccess: (issued) => {
      const only = issued.length === 1 ? issued[0] : undefined;
      showDone(
        only === undefined ? `${issued.length} invoices were issued` : `Invoice ${only.number} was issued`,
      );
      onClose();
    },
    // Some may have been issued before one was refused.
    onSettled: () => cache.invalidateQueries(),
  });
  const warnings = [...new Set(invoices.flatMap((invoice) => invoice.warnings))];
  return (
    <Modal
      opened={invoices.length > 0}
      onClose={onClose}
      title={invoices.length === 1 ? "Issue this invoice?" : `Issue ${invoices.length} invoices?`}
      size={520}
    >
      <Stack gap="md">
        <Table.ScrollContainer minWidth={320} mah={280}>
          <Table verticalSpacing={5}>
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
                  <Table.Td>{invoice.for.label}</Table.Td>
                  <Table.Td>{nameMonth(invoice.period)}</Table.Td>
                  <Table.Td className="figure">
                    <Amount amount={invoice.total} currency={invoice.currency} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Text size="sm">
          {invoices.length === 1 ? "It takes" : "Each takes"} the next number
          {seller.data !== undefined && ` of the series ${seller.data.invoice_series}`}, is dated today
          {seller.data !== undefined && ` and due in ${seller.data.payment_days} days`}. From then on it never
          changes; a correction is another document.
        </Text>
        {warnings.length > 0 && (
          <Alert color="yellow" styles={{ title: { color: "var(--tp-warn)" } }} title="Before you do">
            {warnings.map((warning) => (
              <Text key={warning} size="sm">
                {warning}
              </Text>
            ))}
          </Alert>
        )}
        {issue.error !== null && <ErrorPanel error={issue.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Not yet
          </Button>
          <Button loading={issue.isPending} onClick={() => issue.mutate()}>
            {invoices.length === 1 ? "Issue invoice" : `Issue ${invoices.length} invoices`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
