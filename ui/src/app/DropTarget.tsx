import { IconFileImport, IconFileUpload } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useLanding } from "../features/tenants/landing";
import { host } from "../host/client";
import { Refusal } from "../host/problem";
import { ring } from "../shared/door-bell";
import { showRefusal } from "../shared/notices";
import styles from "./DropTarget.module.css";

/** Files may be dropped anywhere; what happens with them is asked before anything does. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  const landing = useLanding();
  // Heard once and for good: between two who listen, what is dropped would be heard by nobody.
  const onTenant = useRef(false);
  useEffect(() => {
    onTenant.current = landing !== undefined;
  }, [landing]);
  useEffect(
    () =>
      host().onDrop({
        over: setOver,
        drop: (picked, refused) => {
          if (refused.length > 0) {
            showRefusal(
              new Refusal({
                code: "import.folder",
                title: "A browser hands over single files only",
                detail: `${refused.join(", ")} is a folder, and a browser hands over single files only.`,
                hint: "Import it in the window of Tallyport or with tally import.",
                status: 0,
              }),
            );
          }
          if (picked.length > 0) ring({ open: onTenant.current ? "upload" : "import", picked });
        },
      }),
    [],
  );
  if (!over) return null;
  if (landing !== undefined) {
    return (
      <div className={styles.cover}>
        <div className={styles.sign}>
          <IconFileUpload size={30} stroke={1.5} aria-hidden="true" />
          <strong>
            Drop to upload to {landing.name}/{landing.prefix}
          </strong>
          <span className="soft">What would be overwritten is shown before anything is sent.</span>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.cover}>
      <div className={styles.sign}>
        <IconFileImport size={30} stroke={1.5} aria-hidden="true" />
        <strong>Drop to import</strong>
        <span className="soft">
          FOCUS or cost-and-usage bills: CSV, gzipped or Parquet, a manifest or a whole folder. You are asked
          before anything changes.
        </span>
      </div>
    </div>
  );
}
