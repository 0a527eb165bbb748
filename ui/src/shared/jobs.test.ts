import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { openDoor } from "../host/client";
import { fakeHost } from "../host/fake";
import type { Job } from "../host/wire";
import { progressOf } from "./JobProgress";
import { cancelJob, forget, isRunning, learn, useJobs } from "./jobs";

afterEach(cleanup);

const job = (state: Job["state"], done = 0) => ({ id: 1, state, done }) as Job;

it("follows a job and lets it go", () => {
  const { result } = renderHook(useJobs);
  act(() => learn(job("queued")));
  act(() => learn(job("running", 5)));
  expect(result.current).toMatchObject([{ state: "running", done: 5 }]);
  act(() => forget(1));
  expect(result.current).toEqual([]);
});

it("does not bring a job back to life when the answer that began it comes late", () => {
  const { result } = renderHook(useJobs);
  act(() => learn(job("failed")));
  act(() => learn(job("queued")));
  expect(result.current.map(isRunning)).toEqual([false]);
  act(() => forget(1));
});

it("cancels the job that it is asked to", async () => {
  const door = fakeHost({
    "POST /jobs/*/cancel": ({ matched }) => ({ id: Number(matched[0]), state: "cancelled" }),
  });
  openDoor(door);
  await act(() => cancelJob(7));
  expect(door.asked).toEqual(["POST /api/v1/jobs/7/cancel"]);
  act(() => forget(7));
});

it("says how far a job is in the words of what it counts", () => {
  const at = (done: number, total: number, unit: string, message: string) =>
    progressOf({ state: "running", done, total, unit, message } as Job);
  expect(at(0, 30_000_000, "bytes", "Sending")).toBe("Sending: 0 bytes of 30.0 MB");
  expect(at(1, 1200, "invoices", "Drawing")).toBe("1 of 1,200 invoices");
  expect(at(0, 0, "bytes", "Looking for files")).toBe("Looking for files");
  expect(at(0, 0, "lines", "")).toBe("Working");
  expect(progressOf({ state: "queued", done: 0, total: 0 } as Job)).toBe("Waiting its turn");
});
