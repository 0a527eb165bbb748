/** What becomes of names that are taken where files land. */
export const CLASHES = [
  { value: "skip", label: "Leave as it is" },
  { value: "replace", label: "Replace; what was there stays as a version" },
  { value: "keep-both", label: "Keep both, under another name" },
] as const;
export type OnClash = (typeof CLASHES)[number]["value"];
