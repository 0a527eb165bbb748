/** How the totals of a client's month stand to each other, in words. */
const STATES: Record<string, string> = {
  agrees: "agrees",
  explained: "differs, explained",
  unexplained: "differs, unexplained",
  incomplete: "not complete",
};

export const STATE_COLOURS: Record<string, string> = {
  agrees: "teal",
  explained: "blue",
  unexplained: "red",
  incomplete: "yellow",
};

export function nameState(state: string): string {
  return STATES[state] ?? state.replaceAll("_", " ");
}
