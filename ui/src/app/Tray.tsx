import { ActionIcon, Button, Collapse, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconPlayerStop,
  IconX,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { announce } from "../features/import/announce";
import { cancelJob, runningJobs } from "../features/import/load";
import { host } from "../host/client";
import type { Job } from "../host/wire";
import { ring } from "../shared/door-bell";
import { forget, isRunning, learn, useJobs } from "../shared/jobs";
import { formatCount } from "../shared/money";
import styles from "./Tray.module.css";

/** Listens to the stream of jobs; when one ends, everything drawn from the data is asked anew. */
function useJobStream(): void {
  const cache = useQueryClient();
  const ended = useRef(new Set<Job["id"]>());
  useEffect(() => {
    // What was running before this page was opened runs on.
    runningJobs().then(
      (jobs) => jobs.forEach(learn),
      () => undefined,
    );
    return host().watchJobs((job) => {
      learn(job);
      if (isRunning(job) || ended.current.has(job.id)) return;
      ended.current.add(job.id);
      void cache.invalidateQueries();
      announce(job);
    });
  }, [cache]);
}

function progressOf(job: Job): string {
  if (job.state === "queued") return "Waiting its turn";
  if (job.total > 0) return `${formatCount(job.done)} of ${formatCount(job.total)} ${job.unit}`;
  return job.message || "Working";
}

function Line({ job }: { job: Job }) {
  const running = isRunning(job);
  const failed = job.state === "failed" || job.state === "interrupted";
  const percent = job.total > 0 ? Math.min(100, (job.done / job.total) * 100) : 100;
  return (
    <div className={styles.line}>
      {failed ? (
        <IconAlertTriangle size={16} color="var(--tp-danger)" aria-hidden="true" />
      ) : running ? null : (
        <IconCircleCheck size={16} color="var(--tp-good)" aria-hidden="true" />
      )}
      <span className={`${styles.title} elide`} title={job.title}>
        {job.title}
      </span>
      {running ? (
        <>
          <Progress
            className={styles.progress}
            value={percent}
            animated={job.total === 0}
            size="sm"
            aria-label={`Progress of ${job.title}`}
          />
          <span className={`${styles.state} figure`}>{progressOf(job)}</span>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconPlayerStop size={14} aria-hidden="true" />}
            onClick={() => cancelJob(job.id)}
          >
            Cancel
          </Button>
        </>
      ) : (
        <>
          <span className={`${styles.state} elide`}>
            {job.state === "done"
              ? "Done"
              : job.state === "cancelled"
                ? "Cancelled"
                : (job.problem?.detail ?? job.state)}
          </span>
          <Button variant="subtle" color="gray" onClick={() => ring({ open: "job", id: job.id })}>
            Details
          </Button>
          <ActionIcon aria-label={`Dismiss ${job.title}`} onClick={() => forget(job.id)}>
            <IconX size={15} aria-hidden="true" />
          </ActionIcon>
        </>
      )}
    </div>
  );
}

/** What is running and what has just ended; work goes on here while the person goes on elsewhere. */
export function Tray() {
  useJobStream();
  const jobs = useJobs();
  const [open, list] = useDisclosure(false);
  const shown = jobs.find(isRunning) ?? jobs[0];
  if (shown === undefined) return null;
  const others = jobs.filter((job) => job.id !== shown.id);
  return (
    <section className={styles.tray} aria-label="Tasks">
      <Collapse expanded={open && others.length > 0}>
        <div className={styles.list}>
          {others.map((job) => (
            <Line key={job.id} job={job} />
          ))}
        </div>
      </Collapse>
      <div className={styles.bottom}>
        <Line job={shown} />
        {others.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            onClick={list.toggle}
            aria-expanded={open}
            rightSection={
              open ? (
                <IconChevronDown size={14} aria-hidden="true" />
              ) : (
                <IconChevronUp size={14} aria-hidden="true" />
              )
            }
          >
            {others.length} more
          </Button>
        )}
      </div>
    </section>
  );
}
