import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { useJob } from "../../shared/jobs";
import { startProof } from "./load";
import { ProofDetails } from "./Proof";

/** Proves what was issued: numbers without a gap, totals, hashes, and that each renders to the same bytes. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const begin = useMutation({ meta: { quiet: true }, mutationFn: startProof });
  const job = useJob(begin.data?.id);
  return (
    <Modal opened onClose={onClose} title="Prove all invoices" size={520}>
      <Stack gap="md">
        <Text size="sm">
          Every number series is read for gaps, every total is computed anew, and every document is rendered
          again and held against the bytes it had when it was issued.
        </Text>
        {begin.error !== null && <ErrorPanel error={begin.error} />}
        {job !== undefined ? (
          <ProofDetails job={job} onClose={onClose} />
        ) : (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button loading={begin.isPending} onClick={() => begin.mutate()} data-autofocus>
              Prove
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
