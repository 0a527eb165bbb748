import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../../../host/client";
import type { Tenant } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Scrolled } from "../../../shared/Scrolled";
import { CLASHES, type OnClash } from "../clashes";
import styles from "../Tenants.module.css";

/** A file or a folder on this machine. */
export type Offered = { name: string; path: string };

type UploadDialogProps = {
  tenant: Tenant;
  /** Where they will lie: "" or ends with "/". */
  prefix: string;
  offered: Offered[];
  /** Names that are taken there. */
  taken: string[];
  onClose: () => void;
};

/** Says where files will land and which names are taken there, before anything is sent. */
export function UploadDialog({ tenant, prefix, offered, taken, onClose }: UploadDialogProps) {
  const cache = useQueryClient();
  const [onClash, setOnClash] = useState<OnClash>("skip");
  const clashes = offered.filter(({ name }) => taken.includes(name)).length;
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      const paths = offered.map(({ path }) => path);
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
      size={520}
    >
      <Stack gap="md">
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {offered.length === 1 ? "It" : "They"} will lie in{" "}
          <strong>
            {tenant.name}/{prefix}
          </strong>
          , {offered.length === 1 ? "if it is" : "those that are"} a folder with all that is in it.
        </Text>
        <Scrolled label="What is uploaded">
          <ul className={styles.list}>
            {offered.slice(0, 200).map(({ name, path }) => (
              <li key={path}>
                <span className={styles.grow} title={path}>
                  {name}
                </span>
                {taken.includes(name) && <span>is there already</span>}
              </li>
            ))}
          </ul>
        </Scrolled>
        <Radio.Group
          label={clashes === 0 ? "If a name within is taken there" : "What is there already"}
          value={onClash}
          onChange={(next) => setOnClash(next as OnClash)}
        >
          <Stack gap={8} mt={8}>
            {CLASHES.map((one) => (
              <Radio key={one.value} size="xs" {...one} />
            ))}
          </Stack>
        </Radio.Group>
        {send.error !== null && <ErrorPanel error={send.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={send.isPending} onClick={() => send.mutate()} data-autofocus>
            Upload
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
