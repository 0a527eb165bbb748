import {
  IconBuildingBank,
  IconChartBar,
  IconDatabase,
  IconFileInvoice,
  IconLayoutDashboard,
  IconScale,
  IconServer2,
  IconSettings,
  IconShieldExclamation,
  IconUsers,
} from "@tabler/icons-react";

export const PLACES = [
  { to: "/", label: "Overview", icon: IconLayoutDashboard, words: "home dashboard" },
  { to: "/costs", label: "Costs", icon: IconChartBar, words: "spend pivot chart analytics" },
  { to: "/people", label: "People & teams", icon: IconUsers, words: "owners statement members" },
  { to: "/resources", label: "Resources", icon: IconServer2, words: "assign rules ownership tags" },
  { to: "/invoices", label: "Invoices", icon: IconFileInvoice, words: "drafts issue pdf bill" },
  { to: "/data", label: "Data", icon: IconDatabase, words: "import periods versions sync files" },
] as const;

/** Lists within a place; found by name, though they have no line of their own. */
export const LISTS = [
  { to: "/teams", label: "Teams", icon: IconUsers, words: "groups members" },
  { to: "/rules", label: "Ownership rules", icon: IconServer2, words: "assign tags" },
  {
    to: "/reconciliation",
    label: "Reconciliation",
    icon: IconScale,
    words: "invoice total difference agree",
  },
  {
    to: "/quarantine",
    label: "Quarantine",
    icon: IconShieldExclamation,
    words: "held back implausible release",
  },
] as const;

export const SETTINGS = [
  { to: "/settings/clients", label: "Clients", icon: IconBuildingBank, words: "connections accounts aws" },
  {
    to: "/settings/workspace",
    label: "Settings",
    icon: IconSettings,
    words: "seller tax backup verify theme",
  },
] as const;
