//! Which tables there are, said once: what each is called and which route shows the same.

use tallyport_documents::sheet::Column;

use super::column::described;
use super::{
    alerts, anomalies, audit, budgets, charges, comparison, costs, forecast, invoices, owners,
    periods, prices, reconciliation, resources, rules, schedules, sharing, tenants, terms,
    transfers,
};

/// A table that can be had as a file.
pub struct Listed {
    /// Its word in addresses and commands.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The route that shows the same; empty where no screen does. Who may use that may have the file.
    pub shown_at: &'static str,
    columns: fn() -> Vec<Column>,
}

impl Listed {
    /// Its columns; of costs those that are there whatever was asked.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        (self.columns)()
    }
}

macro_rules! tables {
    ($($constant:ident = $name:literal $title:literal shown at $route:literal of $columns:expr;)+) => {
        $(pub(super) const $constant: Listed = Listed {
            name: $name,
            title: $title,
            shown_at: $route,
            columns: || $columns,
        };)+

        /// All tables.
        pub const LISTED: &[Listed] = &[$($constant),+];
    };
}

tables! {
    COSTS = "costs" "Costs" shown at "/costs" of costs_columns();
    CHARGES = "charges" "Charges" shown at "/charges" of described(charges::COLUMNS);
    FORECAST = "forecast" "Forecast" shown at "/forecast" of described(forecast::COLUMNS);
    ANOMALIES = "anomalies" "Unusual" shown at "/anomalies" of described(anomalies::COLUMNS);
    RESOURCES = "resources" "Resources" shown at "/resources" of described(resources::COLUMNS);
    RULES = "rules" "Ownership rules" shown at "/rules" of described(rules::COLUMNS);
    PEOPLE = "people" "People" shown at "/people" of described(owners::PEOPLE);
    STATEMENT = "statement" "Statement" shown at "/people/{id}/statement" of described(owners::STATEMENT);
    TEAMS = "teams" "Teams" shown at "/teams" of described(owners::TEAMS);
    TEAM_MEMBERS = "team-members" "Members of teams" shown at "/teams" of described(owners::TEAM_MEMBERS);
    CLIENTS = "clients" "Clients" shown at "/clients" of described(owners::CLIENTS);
    SHARING = "sharing" "Shared cost" shown at "/sharing" of described(sharing::SHARING);
    SHARED_COSTS = "shared-costs" "Costs with shared cost" shown at "/sharing/costs" of described(sharing::SHARED_COSTS);
    BUDGETS = "budgets" "Budgets" shown at "/budgets" of described(budgets::BUDGETS);
    BUDGET_MONTHS = "budget-months" "A budget through time" shown at "/budgets/{id}" of described(budgets::BUDGET_MONTHS);
    ALERTS = "alerts" "Alerts" shown at "/alerts" of described(alerts::ALERTS);
    DELIVERIES = "deliveries" "Deliveries" shown at "/deliveries" of described(alerts::DELIVERIES);
    PERIODS = "periods" "Billing periods" shown at "/periods" of described(periods::PERIODS);
    DIFFERENCES = "differences" "What changed" shown at "/periods/diff" of described(periods::DIFFERENCES);
    RECONCILIATION = "reconciliation" "Reconciliation" shown at "/reconciliation" of described(reconciliation::COLUMNS);
    QUARANTINE = "quarantine" "Quarantine" shown at "/quarantine" of described(periods::QUARANTINE);
    INVOICES = "invoices" "Invoices" shown at "/invoices" of described(invoices::INVOICES);
    INVOICE_LINES = "invoice-lines" "Lines of an invoice" shown at "/invoices/{id}" of described(invoices::INVOICE_LINES);
    ACCOUNT = "account" "Statement of account" shown at "/invoices/statement" of described(invoices::ACCOUNT);
    RESTATEMENTS = "restatements" "Billed months that changed" shown at "/invoices/restatements" of described(invoices::RESTATEMENTS);
    INVOICE_COMPARISON = "invoice-comparison" "A month beside the one before" shown at "/invoices/comparison" of described(comparison::COMPARISON);
    PRICE_BOOKS = "price-books" "Price books" shown at "/price-books" of described(prices::COLUMNS);
    BUYERS = "buyers" "Buyers" shown at "/buyers" of described(terms::BUYERS);
    TAX_RATES = "tax-rates" "Tax rates" shown at "/tax-tables" of described(terms::TAX_RATES);
    EXCHANGE_RATES = "exchange-rates" "Exchange rates" shown at "/exchange-rates" of described(terms::EXCHANGE_RATES);
    TENANTS = "tenants" "Tenants" shown at "/tenants" of described(tenants::TENANTS);
    TENANT_USERS = "tenant-users" "Users of tenants" shown at "/tenants/{id}/users" of described(tenants::USERS);
    TENANT_ACTIVITY = "tenant-activity" "What a tenant's users did" shown at "/tenants/{id}/activity" of described(tenants::ACTIVITY);
    TENANT_USAGE = "tenant-usage" "What a tenant used" shown at "/tenants/{id}/usage" of described(tenants::USAGE);
    TRANSFERS = "transfers" "Transfers" shown at "/transfers" of described(transfers::TRANSFERS);
    TRANSFER_FILES = "transfer-files" "Files of a transfer" shown at "/transfers/{id}/files" of described(transfers::FILES);
    RECEIPTS = "receipts" "Receipts" shown at "/transfers/{id}/receipts" of described(transfers::RECEIPTS);
    SCHEDULES = "schedules" "Schedules" shown at "/schedules" of described(schedules::SCHEDULES);
    RUNS = "runs" "Runs of a schedule" shown at "/schedules/{id}/runs" of described(schedules::RUNS);
    JOBS = "jobs" "Long work" shown at "/jobs" of described(schedules::JOBS);
    AUDIT = "audit" "Audit trail" shown at "" of described(audit::COLUMNS);
}

fn costs_columns() -> Vec<Column> {
    let mut columns = costs::fixed("Name");
    columns.push(costs::amount("Total".to_owned()));
    columns
}
