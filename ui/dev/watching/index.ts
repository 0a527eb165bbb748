import type { Replies } from "../../src/host/fake";
import { aboutAlerts } from "./alerts";
import { aboutAnomalies, anomalies } from "./anomalies";
import { aboutBudgets, brief, budgets } from "./budgets";
import { aboutChannels } from "./channels";
import { aboutForecasts } from "./forecast";
import { aboutSchedules } from "./schedules";

/** What the made-up company answers about its budgets, what is expected, and who is told. */

/** What the overview says of these. */
export const atRisk = {
  budgets_at_risk: budgets.filter((one) => one.now.state !== "ok" && one.now.state !== "no_data").map(brief),
  unusual: anomalies,
};

export const watching: Replies = {
  ...aboutBudgets,
  ...aboutAlerts,
  ...aboutAnomalies,
  ...aboutChannels,
  ...aboutSchedules,
  ...aboutForecasts,
};
