import createClient from "openapi-fetch";
import type { paths } from "./api.gen";
import type { Host } from "./host";

let current: Host | undefined;

/** Says which door this run of the interface uses; called once at the start, and by tests. */
export function openDoor(host: Host): void {
  current = host;
}

export function host(): Host {
  if (current === undefined) throw new Error("no door was chosen");
  return current;
}

function origin(): string {
  // In the window the origin is the shell's own scheme; the door looks at path and query only.
  return window.location.origin.startsWith("http") ? window.location.origin : "http://tallyport.invalid";
}

/** The typed client of the program's own OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: origin(),
  fetch: (request: Request) => host().send(request),
});
