import { Button } from "@mantine/core";
import { useState } from "react";
import type { Anomaly } from "../host/wire";
import { isMore, nameAnomalyKind } from "./anomalies";
import { nameRange } from "./days";
import { ring } from "./door-bell";
import { ExportTable } from "./ExportTable";
import { formatMoney } from "./money";
import { Section } from "./Page";
import type { TableFile } from "./tableFile";
import styles from "./Unusual.module.css";

/** How many stand there at first; the largest come first. */
const SHOWN = 5;

/** What is unusual, by the money at stake; each opens its cause. */
export function UnusualList({ anomalies }: { anomalies: Anomaly[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? anomalies : anomalies.slice(0, SHOWN);
  return (
    <>
      <ul className={styles.list} aria-label="Unusual spend">
        {shown.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={`plain ${styles.item} ${one.feedback === "expected" ? styles.expected : ""}`}
              aria-haspopup="dialog"
              onClick={() => ring({ open: "anomaly", anomaly: one })}
            >
              <span className={styles.diamond} aria-hidden="true" />
              <span className="elide" title={one.label}>
                <strong>{one.label}</strong>{" "}
                <span className="soft">
                  {nameAnomalyKind(one.kind).toLowerCase()}, {nameRange(one.from, one.to)}
                  {one.feedback !== null && (one.feedback === "expected" ? " · expected" : " · not expected")}
                </span>
              </span>
              <span className={`figure ${styles.impact}`}>
                {isMore(one) ? "▲ " : "▼ "}
                {formatMoney(one.impact.replace(/^-/, ""), one.currency)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < anomalies.length && (
        <Button variant="subtle" mt={6} onClick={() => setAll(true)}>
          Show all {anomalies.length}
        </Button>
      )}
    </>
  );
}

/** The same under its title; nothing at all where nothing is unusual. */
export function UnusualSection({ anomalies, file }: { anomalies: Anomaly[]; file?: TableFile }) {
  if (anomalies.length === 0) return null;
  return (
    <Section
      title="Unusual"
      note="against what these days usually cost, the dearest first"
      actions={file !== undefined && <ExportTable label="Unusual" file={file} />}
    >
      <UnusualList anomalies={anomalies} />
    </Section>
  );
}
