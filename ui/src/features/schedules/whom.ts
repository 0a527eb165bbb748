import type { Schedule, ScheduleChange } from "../../host/wire";

type Told = NonNullable<Schedule["for"]>;

/** All of a kind, or those that were chosen, as `person:3`. */
export type Whom = { all: "people" | "teams" | "clients" } | { chosen: string[] };

/** Whom a schedule is for, where it is about recipients at all. */
export function readWhom(told: Told): Whom {
  return typeof told === "string"
    ? { all: told as "people" | "teams" | "clients" }
    : { chosen: told.map(({ kind, id }) => `${kind}:${id}`) };
}

export function writeWhom(whom: Whom): ScheduleChange["for"] {
  if ("all" in whom) return whom.all;
  return whom.chosen.map((one) => {
    const [kind = "", id = ""] = one.split(":");
    return { kind, id: Number(id) };
  });
}
