import { configure, render } from "@testing-library/react";
import { cache, Program } from "../src/app/Program";
import { router } from "../src/app/router";
import { openDoor } from "../src/host/client";
import { fakeHost, type Replies } from "../src/host/fake";
import type { Host } from "../src/host/host";
import { replies } from "./company";

// All of the interface is drawn, on machines that do other things as well.
configure({ asyncUtilTimeout: 8000 });

/** The whole interface at an address, on a door with the given answers; keeps what was sent to it. */
export async function openAt(path: string, answers: Replies = {}, more: Partial<Host> = {}) {
  // A text that grows with its lines asks when fonts have come; happy-dom has none.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  const sent: Record<string, unknown>[] = [];
  const keep = (reply: Replies[string]) => (ask: Parameters<Replies[string]>[0]) => {
    sent.push({ path: ask.url.pathname, ...(ask.body as object) });
    return reply(ask);
  };
  // The first that fits answers, and a test's own come first.
  const all = { ...answers, ...replies, ...answers };
  for (const [pattern, reply] of Object.entries(all)) {
    if (!pattern.startsWith("GET")) all[pattern] = keep(reply);
  }
  const door = fakeHost(all);
  openDoor({ ...door, ...more });
  cache.clear();
  router.history.push(path);
  render(<Program />);
  await router.load();
  return { door, sent };
}
