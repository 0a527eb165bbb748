// A mail server on a test's desktop, and what came to it.

import { join } from "node:path";
import { until } from "./processes.mjs";

/** Starts it; `mails` are those that have come so far. */
export async function openPost(desktop) {
  const server = desktop.start(process.env.TALLYPORT_ORACLE, [join(import.meta.dirname, "mail_server.py")], {
    open: true,
  });
  const lines = () => server.said.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const port = () => lines().find((line) => line.port)?.port;
  await until("the mail server is there", () => port() !== undefined, { within: 60_000 });
  return { port: port(), mails: () => lines().filter(({ to }) => to) };
}
