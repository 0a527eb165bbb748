import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { verifyInvoices } from "./load";

type VerifyDialogProps = { opened: boolean; onClose: () => void };

/** Proves what was issued: numbers without a gap, totals, hashes, and that each renders to the same bytes. */
export function VerifyDialog({ opened, onClose }: VerifyDialogProps) {
  const run = useMutation({ meta: { quiet: true }, mutationFn: verifyInvoices });
  const { reset } = run;
  useEffect(() => {
    if (opened) reset();
  }, [opened, reset]);
  const found = run.data;
  return (
    <Modal opened={opened} onClose={onClose} title="Prove all invoices" size={520}>
      <Stack gap="md">
        <Text size="sm">
          Every number series is read for gaps, every total is computed anew, and every document is rendered
          again and held against the bytes it had when it was issued.
        </Text>
        {found !== undefined &&
          (found.problems.length === 0 ? (
            <Alert
              color="teal"
              role="status"
              title="All of it holds"
              styles={{ title: { color: "var(--tp-ink)" } }}
            >
              {formatCount(found.checked)} issued documents: numbers, totals, hashes and bytes agree.
            </Alert>
          ) : (
            <Alert color="red" role="alert" title="Not all of it holds">
              {found.problems.map((problem) => (
                <Text key={problem} size="sm" style={{ overflowWrap: "anywhere" }}>
                  {problem}
                </Text>
              ))}
            </Alert>
          ))}
        {run.error !== null && <ErrorPanel error={run.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button loading={run.isPending} onClick={() => run.mutate()}>
            Prove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
