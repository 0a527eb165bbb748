import type { Tenant, UploadPreflight } from "../../../host/wire";
import { formatCount } from "../../../shared/money";
import { Scrolled } from "../../../shared/Scrolled";
import { SeverityIcon } from "../../../shared/SeverityIcon";
import { nameSize } from "../../../shared/sizes";
import styles from "../Tenants.module.css";
import { landings, nameSome, type Said, sentence, sum, together } from "./ahead";

const SEVERITIES: Record<string, string> = { stop: "urgent", warning: "warning", note: "notice" };

function Finding({ said: { weight, text, paths } }: { said: Said }) {
  return (
    <li>
      <SeverityIcon severity={SEVERITIES[weight] ?? weight} />
      <div className={styles.grow}>
        {sentence(text)}
        {paths.length > 0 && <div className="soft">{nameSome(paths, 3)}</div>}
      </div>
    </li>
  );
}

type LookAheadProps = { tenant: Tenant; found: UploadPreflight };

/** What sending would meet: how much it is, what stands in the way, and where every file lands. */
export function LookAhead({ tenant, found }: LookAheadProps) {
  const said = together(found.findings);
  const shown = landings(found, tenant.prefix);
  const rest = found.files - shown.length;
  return (
    <>
      <p role="status" className={styles.sum}>
        {sum(found)}
      </p>
      {said.length > 0 && (
        <Scrolled label="What was found">
          <ul className={styles.list}>
            {said.map((one) => (
              <Finding key={`${one.weight} ${one.text}`} said={one} />
            ))}
          </ul>
        </Scrolled>
      )}
      {shown.length > 0 && (
        <Scrolled label="Where they land">
          <ul className={styles.list}>
            {shown.map(({ name, bytes, taken }) => (
              <li key={name}>
                <bdi className={styles.grow}>{name}</bdi>
                {taken && <span>is there already</span>}
                <span className="soft">{nameSize(bytes)}</span>
              </li>
            ))}
            {rest > 0 && (
              <li className="soft">
                And {formatCount(rest)} {rest === 1 ? "other" : "others"}.
              </li>
            )}
          </ul>
        </Scrolled>
      )}
    </>
  );
}
