import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconGauge } from "@tabler/icons-react";
import type { Tenant } from "../../../host/wire";
import { ClearDialog } from "./ClearDialog";
import { LimitsDialog } from "./LimitsDialog";

/** What can be done about all transfers: how fast they may be, and taking off the list those that have ended. */
export function TransferDeeds({ tenant, ended }: { tenant: Tenant; ended: boolean }) {
  const [limiting, limits] = useDisclosure(false);
  const [clearing, clear] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconGauge size={15} aria-hidden="true" />}
        onClick={limits.open}
      >
        Speed of all…
      </Button>
      {ended && (
        <Button variant="default" onClick={clear.open}>
          Clear those that ended…
        </Button>
      )}
      {limiting && <LimitsDialog onClose={limits.close} />}
      {clearing && <ClearDialog tenant={tenant} onClose={clear.close} />}
    </>
  );
}
