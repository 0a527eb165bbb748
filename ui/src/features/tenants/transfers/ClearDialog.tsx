import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Tenant } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { clearEnded } from "./care";

/** Takes off the list what has ended, and says what becomes of the receipts. */
export function ClearDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const cache = useQueryClient();
  const [erase, setErase] = useState(false);
  const clear = useMutation({
    meta: { quiet: true },
    mutationFn: () => clearEnded(tenant.id, erase),
    onSuccess: (cleared) => {
      void cache.invalidateQueries({ queryKey: ["transfers"] });
      showDone(`${formatCount(cleared)} cleared`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Clear the transfers that ended?">
      <Stack gap="sm">
        <p>
          They leave the list. The files stay where they are, and the receipts of what arrived stay, too: they
          can be saved and asked about later.
        </p>
        <Checkbox
          label="Erase the receipts as well: nothing proves any more what arrived"
          checked={erase}
          onChange={(event) => setErase(event.currentTarget.checked)}
        />
        {clear.error !== null && <ErrorPanel error={clear.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color={erase ? "red" : undefined} loading={clear.isPending} onClick={() => clear.mutate()}>
            {erase ? "Clear, and erase receipts" : "Clear"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
