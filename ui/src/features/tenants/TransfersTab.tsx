import { Badge, Button, Group, Progress } from "@mantine/core";
import { IconArrowsTransferUpDown, IconReceipt } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tenant, Transfer } from "../../host/wire";
import { nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { nameSize } from "../../shared/sizes";
import { Answer } from "../../shared/Waiting";
import { CLASHES } from "./clashes";
import styles from "./Tenants.module.css";
import { act, type Deed, saveReceipts, settle, transfers } from "./transfers";

const STATES: Record<string, { name: string; colour: string; deeds: Deed[] }> = {
  waiting: { name: "Waiting", colour: "gray", deeds: ["pause", "cancel"] },
  running: { name: "Under way", colour: "blue", deeds: ["pause", "cancel"] },
  paused: { name: "Paused", colour: "yellow", deeds: ["resume", "cancel"] },
  done: { name: "Arrived", colour: "teal", deeds: [] },
  failed: { name: "Not all arrived", colour: "red", deeds: ["retry"] },
  cancelled: { name: "Cancelled", colour: "gray", deeds: [] },
};

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

function Line({ transfer, tenant }: { transfer: Transfer; tenant: Tenant }) {
  const cache = useQueryClient();
  const changed = () => cache.invalidateQueries({ queryKey: ["transfers"] });
  const run = useMutation({ mutationFn: (deed: Deed) => act(transfer.id, deed), onSettled: changed });
  const answer = useMutation({
    mutationFn: (onClash: string) => settle(transfer.id, onClash),
    onSettled: changed,
  });
  const save = useMutation({
    mutationFn: () => saveReceipts(transfer.id, tenant.name),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  const { title, state, bytes, bytes_done, clashes, reason, files_done, created_at, started_by } = transfer;
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
        </div>
        {reason !== null && <div>{reason}</div>}
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
        {deeds.map((deed) => (
          <Button key={deed} variant="default" loading={run.isPending} onClick={() => run.mutate(deed)}>
            {WORDS[deed]}
          </Button>
        ))}
        {files_done > 0 && (
          <Button
            variant="default"
            leftSection={<IconReceipt size={15} aria-hidden="true" />}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            Save receipts
          </Button>
        )}
      </Group>
    </li>
  );
}

/** What is on its way to a tenant or from it, and what arrived, with a receipt for every file. */
export function TransfersTab({ tenant }: { tenant: Tenant }) {
  const query = useQuery(transfers(tenant.id));
  return (
    <Answer query={query}>
      {(all) =>
        all.length === 0 ? (
          <Empty
            icon={<IconArrowsTransferUpDown size={24} stroke={1.6} />}
            title="Nothing was sent from here yet"
          >
            Files that you send or fetch stand here with how far they are; each that arrived has a receipt
            with its checksums.
          </Empty>
        ) : (
          <ul className={styles.list} aria-label="Transfers">
            {all.map((transfer) => (
              <Line key={transfer.id} transfer={transfer} tenant={tenant} />
            ))}
          </ul>
        )
      }
    </Answer>
  );
}
