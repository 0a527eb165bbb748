import { Badge, Button, Group, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowsTransferUpDown } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Tenant, Transfer } from "../../host/wire";
import { nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { formatCount } from "../../shared/money";
import { nameSize } from "../../shared/sizes";
import { Answer } from "../../shared/Waiting";
import { CLASHES } from "./clashes";
import styles from "./Tenants.module.css";
import { act, type Deed, settle, transfers } from "./transfers";
import { FailedDrawer } from "./transfers/FailedDrawer";
import { useRecheck } from "./transfers/Recheck";
import { nameSpeed, SpeedMenu } from "./transfers/SpeedMenu";
import { TransferDeeds } from "./transfers/TransferDeeds";

const STATES: Record<string, { name: string; colour: string; deeds: Deed[] }> = {
  waiting: { name: "Waiting", colour: "gray", deeds: ["pause", "cancel"] },
  running: { name: "Under way", colour: "blue", deeds: ["pause", "cancel"] },
  paused: { name: "Paused", colour: "yellow", deeds: ["resume", "cancel"] },
  done: { name: "Arrived", colour: "teal", deeds: [] },
  failed: { name: "Not all arrived", colour: "red", deeds: ["retry"] },
  cancelled: { name: "Cancelled", colour: "gray", deeds: [] },
};

const isOpen = (state: string) => ["waiting", "running", "paused"].includes(state);

const WORDS: Record<Deed, string> = {
  pause: "Pause",
  resume: "Go on",
  cancel: "Cancel",
  retry: "Try again",
};

/** `12 of 40 files, 1.2 GB of 4.0 GB`; what is not known yet is not claimed. */
function describe({
  files,
  files_done,
  bytes,
  bytes_done,
  walked,
  files_failed,
  files_skipped,
}: Transfer): string {
  const more = walked ? "" : " and more";
  return [
    `${formatCount(files_done)} of ${formatCount(files)}${more} files, ${nameSize(bytes_done)} of ${nameSize(bytes)}${more}`,
    files_failed > 0 ? `${formatCount(files_failed)} did not arrive` : [],
    files_skipped > 0 ? `${formatCount(files_skipped)} left out` : [],
  ]
    .flat()
    .join(" · ");
}

/** One transfer; of one that was cleared only what arrived is still known. */
function Line({ transfer, cleared }: { transfer: Transfer; cleared: boolean }) {
  const cache = useQueryClient();
  const changed = () => cache.invalidateQueries({ queryKey: ["transfers"] });
  const run = useMutation({ mutationFn: (deed: Deed) => act(transfer.id, deed), onSettled: changed });
  const answer = useMutation({
    mutationFn: (onClash: string) => settle(transfer.id, onClash),
    onSettled: changed,
  });
  const [failing, failed] = useDisclosure(false);
  const recheck = useRecheck(transfer);
  const { title, state, bytes, bytes_done, clashes, reason, files_done, files_failed, limit } = transfer;
  const { created_at, started_by } = transfer;
  const goesOn = isOpen(state);
  const { name, colour, deeds } = STATES[state] ?? { name: state, colour: "gray", deeds: [] };
  return (
    <li>
      <div className={styles.grow}>
        <Badge color={colour} c="inherit">
          {name}
        </Badge>{" "}
        <strong>{title}</strong>
        <div className="soft">
          {describe(transfer)} · {nameMoment(created_at)}, {started_by}
          {goesOn && limit !== null && ` · at most ${nameSpeed(limit)}`}
        </div>
        {reason !== null && <div>{reason}</div>}
        {recheck.outcome}
        {state === "running" && (
          <Progress
            mt={6}
            maw={420}
            size="sm"
            value={bytes === 0 ? 0 : (bytes_done / bytes) * 100}
            aria-label={`Progress of ${title}`}
          />
        )}
        {clashes > 0 && (
          <Group gap={8} mt={6}>
            <span>
              {formatCount(clashes)} {clashes === 1 ? "name is" : "names are"} taken:
            </span>
            {CLASHES.map(({ value, label }) => (
              <Button key={value} variant="default" onClick={() => answer.mutate(value)}>
                {label}
              </Button>
            ))}
          </Group>
        )}
      </div>
      <Group gap={8}>
        {(cleared ? [] : deeds).map((deed) => (
          <Button key={deed} variant="default" loading={run.isPending} onClick={() => run.mutate(deed)}>
            {WORDS[deed]}
          </Button>
        ))}
        {goesOn && <SpeedMenu transfer={transfer} />}
        {files_failed > 0 && !cleared && (
          <Button variant="default" onClick={failed.open}>
            What did not arrive…
          </Button>
        )}
        {failing && <FailedDrawer transfer={transfer} onClose={failed.close} />}
        {files_done > 0 && recheck.button}
        {files_done > 0 && (
          <ExportTable
            label={`Receipts of ${title}`}
            button="Receipts"
            file={{ table: "receipts", query: { transfer: transfer.id } }}
          />
        )}
      </Group>
    </li>
  );
}

/** What is on its way to a tenant or from it, and what arrived, with a receipt for every file. */
export function TransfersTab({ tenant }: { tenant: Tenant }) {
  const [cleared, setCleared] = useState(false);
  const query = useQuery(transfers(tenant.id, cleared));
  return (
    <Answer query={query}>
      {(all) => (
        <>
          <Group justify="flex-end" gap={8} mb={12}>
            <Button variant="subtle" onClick={() => setCleared(!cleared)}>
              {cleared ? "Back to the list" : "Show what was cleared"}
            </Button>
            <TransferDeeds tenant={tenant} ended={!cleared && all.some(({ state }) => !isOpen(state))} />
            {all.length > 0 && (
              <ExportTable
                label="Transfers"
                file={{ table: "transfers", query: { tenant: tenant.id, cleared } }}
              />
            )}
          </Group>
          {all.length === 0 ? (
            <Empty
              icon={<IconArrowsTransferUpDown size={24} stroke={1.6} />}
              title={cleared ? "Nothing was cleared" : "Nothing was sent from here yet"}
            >
              {cleared
                ? "What is cleared off the list stands here as long as its receipts are kept."
                : "Files that you send or fetch stand here with how far they are; each that arrived has a receipt with its checksums."}
            </Empty>
          ) : (
            <ul className={styles.list} aria-label={cleared ? "Cleared transfers" : "Transfers"}>
              {all.map((transfer) => (
                <Line key={transfer.id} transfer={transfer} cleared={cleared} />
              ))}
            </ul>
          )}
        </>
      )}
    </Answer>
  );
}
