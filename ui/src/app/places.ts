import {
  IconBuildingBank,
  IconChartBar,
  IconDatabase,
  IconFileInvoice,
  IconLayoutDashboard,
  IconServer2,
  IconSettings,
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

export const SETTINGS = [
  { to: "/settings/clients", label: "Clients", icon: IconBuildingBank, words: "connections accounts aws" },
  {
    to: "/settings/workspace",
    label: "Settings",
    icon: IconSettings,
    words: "seller tax backup verify theme",
  },
] as const;
