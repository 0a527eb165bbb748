// Starting programs, waiting for what they say, and ending every one of them.

import { spawn, spawnSync } from "node:child_process";

/** Ends when the condition holds; fails with its description when it does not in time. */
export async function until(what, condition, { within = 15_000, every = 100 } = {}) {
  const end = Date.now() + within;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await condition();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(every);
  }
  throw new Error(`waited ${within} ms in vain: ${what}`, { cause: last });
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Programs that a test started, ended in reverse order. */
export class Processes {
  #started = [];

  /** Starts a program in the background; what it writes is kept for `said`. */
  start(program, words, { env, input, open = false, extra = [] } = {}) {
    const child = spawn(program, words, {
      env,
      // One that ends with its input has one that stays open.
      stdio: [input === undefined && !open ? "ignore" : "pipe", "pipe", "pipe", ...extra],
    });
    child.said = "";
    for (const stream of [child.stdout, child.stderr, ...child.stdio.slice(3)]) {
      stream.on("data", (bytes) => {
        child.said += bytes;
      });
    }
    child.on("error", (error) => {
      child.said += String(error);
    });
    if (input !== undefined) child.stdin.end(input);
    this.#started.push(child);
    return child;
  }

  /** Ends one program, gently first. */
  async end(child) {
    this.#started = this.#started.filter((other) => other !== child);
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await Promise.race([gone, sleep(2000)]);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await Promise.race([gone, sleep(2000)]);
    }
  }

  async endAll() {
    for (const child of [...this.#started].reverse()) await this.end(child);
  }
}

/** Runs a program to its end and answers what it printed; fails when it fails. */
export function run(program, words, { env, input, mayFail = false, encoding = "utf8" } = {}) {
  const done = spawnSync(program, words, { env, input, encoding, timeout: 120_000 });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0 && !mayFail) {
    throw new Error(`${program} ${words.join(" ")} failed (${done.status}):\n${done.stdout}${done.stderr}`);
  }
  return done.stdout;
}
