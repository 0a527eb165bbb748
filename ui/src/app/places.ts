import {
  IconAddressBook,
  IconArrowsExchange,
  IconArrowsSplit,
  IconBell,
  IconBuildingBank,
  IconChartBar,
  IconClockPlay,
  IconDatabase,
  IconFileInvoice,
  IconFolders,
  IconLayoutDashboard,
  IconReceiptTax,
  IconScale,
  IconSend,
  IconServer2,
  IconSettings,
  IconShieldExclamation,
  IconTags,
  IconTargetArrow,
  IconUsers,
} from "@tabler/icons-react";
import type { Permission } from "../shared/permissions";

type Place = { label: string; needs?: Permission };

/** Whether a person with these permissions has anything to find there. */
export function isOpen(place: Place, may: (permission: Permission) => boolean): boolean {
  return place.needs === undefined || may(place.needs);
}

export const PLACES = [
  { to: "/", label: "Overview", icon: IconLayoutDashboard, words: "home dashboard" },
  { to: "/costs", label: "Costs", icon: IconChartBar, words: "spend pivot chart analytics" },
  { to: "/budgets", label: "Budgets", icon: IconTargetArrow, words: "limit plan threshold forecast" },
  { to: "/alerts", label: "Alerts", icon: IconBell, words: "inbox warning notice popup" },
  { to: "/people", label: "People & teams", icon: IconUsers, words: "owners statement members" },
  { to: "/resources", label: "Resources", icon: IconServer2, words: "assign rules ownership tags" },
  {
    to: "/invoices",
    label: "Invoices",
    icon: IconFileInvoice,
    words: "drafts issue pdf bill credit note payment",
    needs: "read invoices",
  },
  {
    to: "/tenants",
    label: "Tenants",
    icon: IconFolders,
    words: "sftp files upload customers transfer users keys quota",
    needs: "manage tenants",
  },
  { to: "/data", label: "Data", icon: IconDatabase, words: "import periods versions sync files" },
] as const;

/** Lists within a place; found by name, though they have no line of their own. */
export const LISTS = [
  { to: "/alerts/rules", label: "Alert rules", icon: IconBell, words: "threshold anomaly when" },
  { to: "/alerts/channels", label: "Channels", icon: IconSend, words: "mail slack teams webhook sms popup" },
  { to: "/alerts/log", label: "Delivery log", icon: IconSend, words: "sent failed waiting" },
  { to: "/settings/schedules", label: "Schedules", icon: IconClockPlay, words: "cron sync background login" },
  {
    to: "/price-books",
    label: "Price books",
    icon: IconTags,
    words: "markup discount tiers fee margin",
    needs: "issue invoices",
  },
  {
    to: "/settings/buyers",
    label: "Buyers",
    icon: IconAddressBook,
    words: "address customer tax id purchase order",
    needs: "issue invoices",
  },
  {
    to: "/settings/taxes",
    label: "Taxes",
    icon: IconReceiptTax,
    words: "vat gst rate reverse charge",
    needs: "issue invoices",
  },
  {
    to: "/settings/rates",
    label: "Exchange rates",
    icon: IconArrowsExchange,
    words: "currency ecb euro",
    needs: "issue invoices",
  },
  { to: "/teams", label: "Teams", icon: IconUsers, words: "groups members" },
  { to: "/rules", label: "Ownership rules", icon: IconServer2, words: "assign tags" },
  {
    to: "/sharing",
    label: "Shared costs",
    icon: IconArrowsSplit,
    words: "sharing split pot allocate spread even proportional fixed",
  },
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
