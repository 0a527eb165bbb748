// How much memory a program and all that it started have, pages that several share counted once.

import { readdirSync, readFileSync } from "node:fs";

function children(process) {
  try {
    return readdirSync(`/proc/${process}/task`).flatMap((task) =>
      readFileSync(`/proc/${process}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function proportional(process) {
  try {
    const rollup = readFileSync(`/proc/${process}/smaps_rollup`, "utf8");
    return Number(rollup.match(/^Pss:\s+(\d+) kB/m)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** In KiB. */
export function memoryOf(process) {
  const family = [process];
  for (const member of family) family.push(...children(member));
  return family.reduce((sum, member) => sum + proportional(member), 0);
}
