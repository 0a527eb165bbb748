import { Button, Code, Group, Modal, Spoiler, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Amount } from "../../shared/Amount";
import { nameMonth } from "../../shared/days";
import { formatCount } from "../../shared/money";
import { Answer } from "../../shared/Waiting";
import { planReconciliation, startReconciliation } from "./load";

type RunDialogProps = { month: string; client: string | undefined; opened: boolean; onClose: () => void };

/** Shows what comparing with AWS's totals costs, before it is done. */
export function RunDialog({ month, client, opened, onClose }: RunDialogProps) {
  const plan = useQuery({
    queryKey: ["reconciliation plan", month, client],
    queryFn: () => planReconciliation(month, client),
    enabled: opened,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const run = useMutation({
    mutationFn: () => startReconciliation(month, client),
    onSuccess: onClose,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Reconcile ${nameMonth(month)}${client === undefined ? "" : ` of ${client}`}`}
      size={500}
    >
      <Stack gap="md">
        <Text size="sm">
          AWS is asked for its own totals: Cost Explorer's and, where it may be read, the invoice's. They are
          compared with the export and with this ledger; nothing here is changed by it.
        </Text>
        <Answer query={plan}>
          {(one) => (
            <div>
              <Group justify="space-between">
                <Text size="sm">About {formatCount(one.requests)} requests to Cost Explorer</Text>
                <strong>
                  <Amount amount={one.price} currency={one.currency} />
                </strong>
              </Group>
              {one.calls.length > 0 && (
                <Spoiler maxHeight={0} showLabel="Show the requests" hideLabel="Hide the requests" fz="sm">
                  <Code block>{one.calls.join("\n")}</Code>
                </Spoiler>
              )}
            </div>
          )}
        </Answer>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={plan.data === undefined} loading={run.isPending} onClick={() => run.mutate()}>
            Reconcile now
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
