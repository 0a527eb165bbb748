import type { components } from "./api.gen";
import type { Anomaly, Band } from "./planned";

type Schemas = components["schemas"];

export type Job = Schemas["Job"];
export type Problem = Schemas["Problem"];
export type Session = Schemas["Session"];
export type Overview = Schemas["Overview"] & Watched;
export type Costs = Schemas["Costs"];
export type CostResult = Schemas["CostResult"];
export type CostRow = Schemas["CostRow"];
export type Charge = Schemas["Charge"];
export type Charges = Schemas["Charges"];
export type Resource = Schemas["Resource"];
export type Person = Schemas["Person"];
export type Statement = Schemas["Statement"];
export type Team = Schemas["Team"];
export type Rule = Schemas["Rule"];
export type RuleDraft = Schemas["NewRule"];
export type RulePreview = Schemas["RulePreview"];
export type Matcher = Schemas["Matcher"];
export type Client = Schemas["Client"];
export type Connection = Schemas["Connection"];
export type ConnectionDraft = Schemas["NewConnection"];
export type SyncPlan = Schemas["SyncPlan"];
export type Period = Schemas["Period"];
export type PeriodBrief = Schemas["PeriodBrief"];
export type PeriodDiff = Schemas["PeriodDiff"];
export type DiffRow = Schemas["DiffRow"];
export type Discovery = Schemas["Discovered"];
export type FoundExport = Schemas["FoundExport"];
export type ConnectionSource = Schemas["ConnectionSource"];
export type Why = Schemas["Why"];
export type WhyResult = Schemas["WhyResult"];
export type Reconciled = Schemas["Reconciled"];
export type ReconciliationPlan = Schemas["ReconciliationPlan"];
export type Quarantined = Schemas["QuarantinedMonth"];
export type AthenaPlace = Schemas["AthenaPlace"];
export type Invoice = Schemas["Invoice"];
export type InvoiceLine = Schemas["InvoiceLine"];
export type Settings = Schemas["Settings"] & { anomaly_alert_from: string };
export type Verification = Schemas["Verification"];

/** What the overview says of what is coming. */
type Watched = {
  forecast?: ({ currency: string; method: string } & Band)[];
  budgets_at_risk?: {
    id: number;
    name: string;
    currency: string;
    actual: string;
    limit: string;
    state: string;
  }[];
  unusual?: Pick<Anomaly, "id" | "label" | "from" | "to" | "kind" | "currency" | "impact" | "percent">[];
};

export type {
  Alert,
  Alerts,
  Anomaly,
  Backtest,
  Band,
  Budget,
  BudgetDetail,
  BudgetDraft,
  BudgetMonth,
  BudgetStand,
  Budgets,
  Channel,
  ChannelDraft,
  Deliveries,
  Delivery,
  Forecast,
  ForecastResult,
  ForecastRow,
  Run,
  Schedule,
  Suggestion,
  Threshold,
} from "./planned";
