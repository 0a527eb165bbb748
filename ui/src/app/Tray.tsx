import { ActionIcon, Button, Collapse } from "@mantine/core";
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
import { type ReactNode, useEffect, useRef } from "react";
import { host } from "../host/client";
import type { Job } from "../host/wire";
import { ring } from "../shared/door-bell";
import { ExportTable } from "../shared/ExportTable";
import { JobBar, progressOf } from "../shared/JobProgress";
import { cancelJob, forget, isRunning, learn, runningJobs, useJobs } from "../shared/jobs";
import styles from "./Tray.module.css";
import { announce } from "./work";

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

function Line({ job }: { job: Job }) {
  const running = isRunning(job);
  const failed = job.state === "failed" || job.state === "interrupted";
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
          <JobBar job={job} className={styles.progress} />
          <span className={`${styles.state} elide figure`} title={progressOf(job)}>
            {progressOf(job)}
          </span>
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

/** Where tasks lie. Says how high it is, so that notices lie above it and cover none of its buttons. */
function Shelf({ children }: { children: ReactNode }) {
  const shelf = useRef<HTMLElement>(null);
  useEffect(() => {
    const of = shelf.current;
    if (of === null) return;
    const root = document.documentElement.style;
    const say = () => root.setProperty("--tp-tray", `${of.offsetHeight}px`);
    const watching = new ResizeObserver(say);
    watching.observe(of);
    say();
    return () => {
      watching.disconnect();
      root.removeProperty("--tp-tray");
    };
  }, []);
  return (
    <section className={styles.tray} aria-label="Tasks" ref={shelf}>
      {children}
    </section>
  );
}

/** What is running and what has just ended; work goes on here while the person goes on elsewhere. */
export function Tray() {
  useJobStream();
  const jobs = useJobs();
  const [open, list] = useDisclosure(false);
  // What is at work says more than what waits for it.
  const shown = jobs.find((job) => job.state === "running") ?? jobs.find(isRunning) ?? jobs[0];
  if (shown === undefined) return null;
  const others = jobs.filter((job) => job.id !== shown.id);
  return (
    <Shelf>
      <Collapse expanded={open && others.length > 0}>
        <div className={styles.list}>
          <div className={styles.listHead}>
            <ExportTable label="Tasks" file={{ table: "jobs" }} />
          </div>
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
    </Shelf>
  );
}
