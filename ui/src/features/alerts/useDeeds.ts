import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Alert } from "../../host/wire";
import { inDays, nameMoment } from "../../shared/days";
import { showDone } from "../../shared/notices";
import { acknowledge, reopen, snooze } from "./load";

export type Deed = { deed: "acknowledge" | "snooze" | "reopen"; alert: Alert; days?: number };

function act({ deed, alert, days = 1 }: Deed): Promise<Alert> {
  if (deed === "acknowledge") return acknowledge(alert.id);
  return deed === "snooze" ? snooze(alert.id, inDays(days)) : reopen(alert.id);
}

function told({ deed }: Deed, after: Alert): string {
  if (deed === "acknowledge") return `Acknowledged: ${after.title}`;
  if (deed === "snooze") return `Snoozed until ${nameMoment(after.snoozed_until ?? "")}: ${after.title}`;
  return `Back in the inbox: ${after.title}`;
}

/** Sees to alerts; what was done can be undone for as long as the notice stands. */
export function useDeeds() {
  const cache = useQueryClient();
  const refresh = () => {
    for (const key of ["alerts", "budget", "overview"]) void cache.invalidateQueries({ queryKey: [key] });
  };
  return useMutation({
    mutationFn: act,
    onSuccess: (after, asked) => {
      refresh();
      showDone(
        told(asked, after),
        asked.deed === "reopen" ? undefined : () => reopen(after.id).finally(refresh),
      );
    },
  });
}
