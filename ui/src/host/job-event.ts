import { z } from "zod";
import type { Job } from "./wire";

const shape = z.looseObject({
  id: z.union([z.number(), z.string()]),
  kind: z.string(),
  title: z.string(),
  state: z.enum(["queued", "running", "done", "failed", "cancelled", "interrupted"]),
});

/** Reads one event of the stream; undefined when it is not a job. */
export function readJob(event: unknown): Job | undefined {
  let value = event;
  if (typeof event === "string") {
    try {
      value = JSON.parse(event);
    } catch {
      return undefined;
    }
  }
  const parsed = shape.safeParse(value);
  return parsed.success ? (parsed.data as unknown as Job) : undefined;
}
