import { Progress } from "@mantine/core";
import type { Tenant } from "../../host/wire";
import { nameUse, shareOf } from "./names";
import styles from "./Tenants.module.css";

const COLOURS: Record<string, string> = { within: "teal", near: "yellow", reached: "red" };

function Bar({ name, bytes, limit, standing }: BarProps) {
  const share = shareOf(bytes, limit);
  if (share === undefined) return null;
  const used = nameUse(bytes, limit);
  return (
    <div className={styles.quota} title={`${name}: ${used}`}>
      <Progress
        value={Math.min(100, share)}
        color={COLOURS[standing] ?? "teal"}
        size="sm"
        aria-label={`${name}: ${used}`}
      />
      <span className="soft">{used}</span>
    </div>
  );
}
type BarProps = { name: string; bytes: number; limit: number | null; standing: string };

/** How near a tenant is to what it may store and move. */
export function Quota({ tenant }: { tenant: Tenant }) {
  const { quota, stored_bytes, moved_bytes, standing, stopped } = tenant;
  if (quota.stored_bytes === null && quota.moved_bytes === null) return <span className="soft">None</span>;
  return (
    <div className={styles.quotas}>
      <Bar name="Stored" bytes={stored_bytes} limit={quota.stored_bytes} standing={standing} />
      <Bar name="Moved this month" bytes={moved_bytes} limit={quota.moved_bytes} standing={standing} />
      {stopped && <strong className={styles.stopped}>Uploads are stopped</strong>}
    </div>
  );
}
