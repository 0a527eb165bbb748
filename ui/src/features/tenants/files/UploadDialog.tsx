import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../../../host/client";
import type { Tenant } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Answer, Waiting } from "../../../shared/Waiting";
import { CLASHES, type OnClash } from "../clashes";
import { isStopped, lookedAhead, nameSome } from "./ahead";
import { LookAhead } from "./LookAhead";

/** A file or a folder on this machine. */
export type Offered = { name: string; path: string };

type UploadDialogProps = {
  tenant: Tenant;
  /** Where they will lie: "" or ends with "/". */
  prefix: string;
  offered: Offered[];
  onClose: () => void;
};

/** What becomes of names that are taken, in the words of how many are. */
function nameTaken(clashes: number): string {
  if (clashes === 0) return "If a name is taken there by then";
  return clashes === 1 ? "What is there already" : `${formatCount(clashes)} that are there already`;
}

/** Says where files will land and what stands in their way, before anything is sent. */
export function UploadDialog({ tenant, prefix, offered, onClose }: UploadDialogProps) {
  const cache = useQueryClient();
  const [onClash, setOnClash] = useState<OnClash>("skip");
  const paths = offered.map(({ path }) => path);
  const query = useQuery(lookedAhead(tenant.id, paths, prefix));
  const found = query.data;
  const stopped = found != null && isStopped(found);
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      await host().carry?.upload(tenant.id, paths, { to: prefix, on_clash: onClash });
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["transfers"] });
      showDone(`On the way to ${tenant.name}; Transfers says how far, also after the window was closed`);
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={offered.length === 1 ? `Upload ${offered[0]?.name}` : `Upload ${formatCount(offered.length)}`}
      size={560}
    >
      <Stack gap="md">
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {nameSome(offered.map(({ name }) => name))} will lie in{" "}
          <strong>
            {tenant.name}/{prefix}
          </strong>
          {found === undefined && query.error === null && "; looking at what stands in the way…"}
        </Text>
        <Answer query={query} waiting={<Waiting rows={3} />}>
          {(answer) => answer !== null && <LookAhead tenant={tenant} found={answer} />}
        </Answer>
        <Radio.Group
          label={nameTaken(found?.clashes.length ?? 0)}
          value={onClash}
          onChange={(next) => setOnClash(next as OnClash)}
        >
          <Stack gap={8} mt={8}>
            {CLASHES.map((one) => (
              <Radio key={one.value} size="xs" {...one} />
            ))}
          </Stack>
        </Radio.Group>
        {stopped && (
          <Text size="sm">Like this nothing is sent. See to it and look again, or choose other files.</Text>
        )}
        {send.error !== null && <ErrorPanel error={send.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {stopped && (
            <Button variant="default" loading={query.isRefetching} onClick={() => query.refetch()}>
              Look again
            </Button>
          )}
          <Button
            loading={send.isPending}
            // What could not be looked at may still be sent: the transfer looks at each file by itself.
            disabled={query.isPending || stopped}
            onClick={() => send.mutate()}
            data-autofocus
          >
            Upload
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
