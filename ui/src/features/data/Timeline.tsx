import { Badge, Button } from "@mantine/core";
import { useState } from "react";
import type { Period } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameSource, StatusBadge } from "../../shared/Basis";
import { nameMoment } from "../../shared/days";
import { formatCount } from "../../shared/money";
import { nameSize } from "../../shared/sizes";
import styles from "./Timeline.module.css";

/** How many files are named; a bill may have thousands. */
const NAMED = 3;
/** How many versions are shown at first; a month that is synced each day has thirty. */
const SHOWN = 5;

function Files({ version }: { version: Period }) {
  const { files } = version;
  if (files.length === 0) return version.file === null ? null : <div className="soft">{version.file}</div>;
  return (
    <ul className={styles.files}>
      {files.slice(0, NAMED).map((file) => (
        <li key={file.name} className="soft" title={file.name}>
          {file.name} · {nameSize(file.bytes)} · {formatCount(file.lines)} lines
        </li>
      ))}
      {files.length > NAMED && <li className="soft">and {formatCount(files.length - NAMED)} more files</li>}
    </ul>
  );
}

function stateOf(version: Period): { text: string; colour: string; title: string } {
  if (!version.current) {
    return { text: "replaced", colour: "gray", title: "A later version took its place; it stays readable" };
  }
  return version.counts
    ? { text: "counts", colour: "teal", title: "Figures rest on this version" }
    : { text: "not counted", colour: "yellow", title: "Another source counts for this period" };
}

type TimelineProps = {
  versions: Period[];
  compared: [number, number] | undefined;
  onOpen: (version: Period) => void;
  onCompare: (from: number, to: number) => void;
};

/** What was known of a period, and when: each version with its source, the latest first. */
export function Timeline({ versions, compared, onOpen, onCompare }: TimelineProps) {
  const [all, setAll] = useState(false);
  const shown = all ? versions : versions.slice(0, SHOWN);
  return (
    <>
      <ol className={styles.timeline} aria-label="Versions">
        {shown.map((version) => {
          const state = stateOf(version);
          const before = versions.find(
            (one) =>
              one.source === version.source && one.part === version.part && one.version === version.replaces,
          );
          return (
            <li
              key={version.id}
              className={`${styles.version} ${compared?.includes(version.id) ? styles.compared : ""}`}
            >
              <span className={`${styles.dot} ${version.counts ? styles.counts : ""}`} aria-hidden="true" />
              <div className={styles.body}>
                <div className={styles.line}>
                  <strong>
                    Version {version.version}
                    {version.part > 1 && `, part ${version.part}`}
                  </strong>
                  <span className="soft">
                    {nameSource(version.source)} · #{version.id}
                  </span>
                  <StatusBadge status={version.status} />
                  <Badge color={state.colour} c="inherit" title={state.title}>
                    {state.text}
                  </Badge>
                </div>
                <div className="soft">Loaded {nameMoment(version.loaded_at)}</div>
                <Files version={version} />
                <div className="soft">
                  {formatCount(version.lines)} lines became {formatCount(version.charges)} charges
                  {version.replaces !== null &&
                    `, ${formatCount(version.stored_charges)} of them new or changed`}
                </div>
                <div className={styles.actions}>
                  <Button variant="default" onClick={() => onOpen(version)}>
                    Details
                  </Button>
                  {before !== undefined && (
                    <Button variant="subtle" onClick={() => onCompare(before.id, version.id)}>
                      What changed
                    </Button>
                  )}
                </div>
              </div>
              <div className={styles.totals}>
                {version.totals.map((total) => (
                  <div key={total.currency}>
                    <Amount amount={total.billed} currency={total.currency} />
                  </div>
                ))}
              </div>
            </li>
          );
        })}
      </ol>
      {shown.length < versions.length && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          Show all {versions.length} versions
        </Button>
      )}
    </>
  );
}
