import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEraser } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tenant, TenantLeftovers } from "../../../host/wire";
import { nameMoment } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount, formatMoney } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Scrolled } from "../../../shared/Scrolled";
import { nameSize } from "../../../shared/sizes";
import styles from "../Tenants.module.css";
import { cleanUp, leftovers } from "./load";

type CleanUpProps = { tenant: Tenant; left: TenantLeftovers; onClose: () => void };

function CleanUp({ tenant, left, onClose }: CleanUpProps) {
  const cache = useQueryClient();
  const clean = useMutation({
    meta: { quiet: true },
    mutationFn: () => cleanUp(tenant.id),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["tenants", tenant.id] });
      showDone("What broken uploads left behind is gone");
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="What broken uploads left behind" size={560}>
      <Stack gap="md">
        <Text size="sm">
          None of these is a file: parts of them arrived and the rest did not. What somebody is sending just
          now is among them, and would have to be sent again.
        </Text>
        <Scrolled label="Broken uploads">
          <ul className={styles.list}>
            {left.leftovers.map(({ path, begun, parts, bytes }) => (
              <li key={`${path} ${begun}`}>
                <bdi className={styles.grow}>{path}</bdi>
                <span className="soft">
                  {nameMoment(begun)}, {formatCount(parts)} {parts === 1 ? "part" : "parts"},{" "}
                  {nameSize(bytes)}
                </span>
              </li>
            ))}
          </ul>
        </Scrolled>
        {clean.error !== null && <ErrorPanel error={clean.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep them
          </Button>
          <Button loading={clean.isPending} onClick={() => clean.mutate()} data-autofocus>
            Clean up
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Says that something is paid for and is of no use to anybody; silent where nothing is. */
export function Leftovers({ tenant }: { tenant: Tenant }) {
  const left = useQuery(leftovers(tenant.id)).data;
  const [looking, dialog] = useDisclosure(false);
  if (left === undefined || left.leftovers.length === 0) return null;
  const many = left.leftovers.length;
  return (
    <Alert color="yellow" mb="md" icon={<IconEraser size={18} aria-hidden="true" />}>
      <Group gap={10} justify="space-between">
        <span>
          {many === 1 ? "A broken upload holds" : `${formatCount(many)} broken uploads hold`}{" "}
          {nameSize(left.bytes)}, about {formatMoney(left.price, left.currency)} a month.
        </span>
        <Button variant="default" onClick={dialog.open}>
          Clean up…
        </Button>
      </Group>
      {looking && <CleanUp tenant={tenant} left={left} onClose={dialog.close} />}
    </Alert>
  );
}
