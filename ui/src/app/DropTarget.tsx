import { IconFileImport } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { host } from "../host/client";
import { ring } from "../shared/door-bell";
import styles from "./DropTarget.module.css";

/** Files may be dropped anywhere; what happens with them is asked before anything does. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      host().onDrop({
        over: setOver,
        drop: (picked) => picked.length > 0 && ring({ open: "import", picked }),
      }),
    [],
  );
  if (!over) return null;
  return (
    <div className={styles.cover}>
      <div className={styles.sign}>
        <IconFileImport size={30} stroke={1.5} aria-hidden="true" />
        <strong>Drop to import</strong>
        <span className="soft">
          FOCUS or cost-and-usage CSV, plain or gzipped. You are asked before anything changes.
        </span>
      </div>
    </div>
  );
}
