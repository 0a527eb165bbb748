import { Group } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { SftpSession, SftpTransfer, SignInFailure, Tenant } from "../../host/wire";
import { nameMoment } from "../../shared/days";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { formatCount } from "../../shared/money";
import { Section } from "../../shared/Page";
import { nameSize } from "../../shared/sizes";
import { Answer } from "../../shared/Waiting";
import { activity } from "./load";
import styles from "./Tenants.module.css";

/** What is shown of each list; the rest is told by number. */
const SHOWN = 100;

function when(moment: string | null): string {
  return moment === null ? "" : nameMoment(moment);
}

type LogProps<Row> = { title: string; rows: Row[]; line: (row: Row) => ReactNode };

/** A list of what happened, the latest first. */
function Log<Row>({ title, rows, line }: LogProps<Row>) {
  if (rows.length === 0) return null;
  return (
    <Section title={title} note={formatCount(rows.length)}>
      <ul className={styles.list} aria-label={title}>
        {rows.slice(0, SHOWN).map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log has no other order and nothing in it moves
          <li key={at}>{line(row)}</li>
        ))}
      </ul>
      {rows.length > SHOWN && <p className="soft">And {formatCount(rows.length - SHOWN)} before that.</p>}
    </Section>
  );
}

const failure = ({ user, address, message, at }: SignInFailure) => (
  <>
    <strong>{user ?? "Somebody"}</strong>
    <span className={styles.grow}>
      {message} <span className="soft">{address}</span>
    </span>
    <span className="soft">{when(at)}</span>
  </>
);

const moved = ({ user, path, at, bytes_in, bytes_out, is_whole }: SftpTransfer) => (
  <>
    <strong>{user ?? "Somebody"}</strong>
    <span className={styles.grow}>
      {bytes_in > 0 ? "brought" : "fetched"} {path}{" "}
      <span className="soft">{nameSize(bytes_in + bytes_out)}</span>
      {!is_whole && <span className={styles.stopped}> broke off</span>}
    </span>
    <span className="soft">{when(at)}</span>
  </>
);

const session = ({ user, address, program, began, ended }: SftpSession) => (
  <>
    <strong>{user ?? "Somebody"}</strong>
    <span className={styles.grow}>
      from {address ?? "an unknown address"} <span className="soft">{program}</span>
    </span>
    <span className="soft">
      {when(began)}
      {ended !== null && ` to ${when(ended)}`}
    </span>
  </>
);

/** Who signed in in the last seven days, what they moved, and who was refused. */
export function ActivityTab({ tenant }: { tenant: Tenant }) {
  const query = useQuery(activity(tenant.id));
  return (
    <Answer query={query}>
      {({ failures, transfers, sessions, unread }) =>
        failures.length + transfers.length + sessions.length === 0 ? (
          <Empty icon={<IconActivity size={24} stroke={1.6} />} title="Nothing in seven days">
            Who signs in, what they bring and fetch, and who is refused stands here as the server logs it.
          </Empty>
        ) : (
          <>
            <Log title="Refused" rows={failures} line={failure} />
            <Log title="Files" rows={transfers} line={moved} />
            <Log title="Sessions" rows={sessions} line={session} />
            <Group justify="flex-end">
              <ExportTable
                label="Activity"
                file={{ table: "tenant-activity", query: { tenant: tenant.id } }}
              />
            </Group>
            {unread > 0 && <p className="soft">{formatCount(unread)} lines of the log cannot be read.</p>}
          </>
        )
      }
    </Answer>
  );
}
