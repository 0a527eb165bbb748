import { useEffect } from "react";
import type { Job } from "../../../host/wire";
import { isRunning, useJob } from "../../../shared/jobs";
import { BatchDetails } from "./BatchDetails";
import { wentWell } from "./batch";

type RunningProps = { id: Job["id"]; onClose: () => void };

/** Follows a batch to its end, and closes by itself where nothing is left to be seen to. */
export function Running({ id, onClose }: RunningProps) {
  const job = useJob(id);
  const over = job === undefined || (!isRunning(job) && wentWell(job));
  useEffect(() => {
    if (over) onClose();
  }, [over, onClose]);
  return over ? null : <BatchDetails job={job} onClose={onClose} />;
}
