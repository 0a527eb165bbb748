import { useEffect } from "react";
import type { Picked } from "../host/host";
import type { Anomaly } from "../host/wire";
import type { Filters } from "./filters";

/** Which number is asked about: the days, the amount, what narrows it, and the row it stands in. */
export type WhyAsk = {
  from: string;
  to: string;
  metric?: "billed" | "effective" | undefined;
  filters: Filters;
  /** The row of a cost table. */
  by?: string | undefined;
  key?: string | undefined;
  as_of?: string | undefined;
  /** What the number is called where it stands, and its currency. */
  title: string;
  currency: string;
};

/** What one place asks the shell to open; places do not know each other. */
export type Bell =
  | { open: "import"; picked: Picked[] }
  /** To the folder of a tenant that is open. */
  | { open: "upload"; picked: Picked[] }
  | { open: "sync"; client?: string | undefined }
  | { open: "person" }
  | { open: "job"; id: number | string }
  | { open: "why"; ask: WhyAsk }
  | { open: "release"; id: number }
  | { open: "anomaly"; anomaly: Anomaly };

const EVENT = "tallyport:open";

export function ring(bell: Bell): void {
  window.dispatchEvent(new CustomEvent<Bell>(EVENT, { detail: bell }));
}

/** Calls `answer` for every bell of this kind. */
export function useBell<Kind extends Bell["open"]>(
  kind: Kind,
  answer: (bell: Extract<Bell, { open: Kind }>) => void,
): void {
  useEffect(() => {
    const hear = (event: Event) => {
      const bell = (event as CustomEvent<Bell>).detail;
      if (bell.open === kind) answer(bell as Extract<Bell, { open: Kind }>);
    };
    window.addEventListener(EVENT, hear);
    return () => window.removeEventListener(EVENT, hear);
  }, [kind, answer]);
}
