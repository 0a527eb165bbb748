use clap::{Args, Subcommand};

use super::Metric;

/// `tally budgets`.
#[derive(Debug, Subcommand)]
pub enum Budgets {
    /// Set a budget: a new one, or the one of that name as a whole
    Set(Box<SetBudget>),
    /// All budgets and how they stand
    List {
        /// How they stood in this month; today if absent
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
        /// Also those that are kept for history only
        #[arg(long)]
        archived: bool,
        /// Only those whose name, or what they are about, has this in it
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        /// Only those at risk, or over their limit: risk or over
        #[arg(long, value_name = "WHICH")]
        only: Option<String>,
        /// By name, parts below what they are a part of; or the most endangered first: tree or risk
        #[arg(long, value_name = "ORDER")]
        order: Option<String>,
        /// The page, from 1; a hundred budgets each
        #[arg(long, value_name = "N")]
        page: Option<u32>,
    },
    /// Evaluate now what is due, and renew forecasts
    Check,
    /// A limit suggested from what was spent before
    Suggest {
        /// person:NAME, team:NAME, client:NAME, tenant:NAME, tag:KEY=VALUE, service:NAME or all
        #[arg(long, value_name = "SCOPE", default_value = "all")]
        scope: String,
        /// day, month, quarter or year
        #[arg(long, default_value = "month")]
        period: String,
        /// The currency; the one most was spent in if absent
        #[arg(long, value_name = "CODE")]
        currency: Option<String>,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
    /// Archive a budget: it is kept with all that was told of it
    Archive {
        /// Its name
        name: String,
    },
    /// Bring an archived budget back
    Restore {
        /// Its name
        name: String,
    },
    /// Let a budget's alerts go to the inbox only
    Mute {
        /// Its name
        name: String,
        /// Until then (2026-12-01T08:00:00Z); without it, no longer
        #[arg(long, value_name = "MOMENT")]
        until: Option<String>,
    },
    /// Take over the budgets that an account has at AWS
    ImportAws {
        /// The number of the connection
        connection: i64,
        /// Only say what would be taken over
        #[arg(long)]
        dry_run: bool,
    },
}

/// `tally budgets set`.
#[derive(Debug, Args)]
pub struct SetBudget {
    /// Its name
    pub name: String,
    /// person:NAME, team:NAME, client:NAME, tenant:NAME, tag:KEY=VALUE, service:NAME or all
    #[arg(long, value_name = "SCOPE", default_value = "all")]
    pub scope: String,
    /// How much may be spent in every period
    #[arg(
        long,
        value_name = "AMOUNT",
        required_unless_present = "plan",
        conflicts_with = "plan"
    )]
    pub amount: Option<String>,
    /// How much may be spent in each month: twelve amounts from January, with commas or spaces between
    #[arg(long, value_name = "AMOUNT", num_args = 1..=12, value_delimiter = ',')]
    pub plan: Option<Vec<String>>,
    /// day, month, quarter or year
    #[arg(long, default_value = "month")]
    pub period: String,
    /// The currency
    #[arg(long, value_name = "CODE", default_value = "USD")]
    pub currency: String,
    /// Tell when so much is spent: 80% or 500.00; may be repeated
    #[arg(long, value_name = "POINT")]
    pub at: Vec<String>,
    /// Tell when so much is expected: 100% or 500.00; may be repeated
    #[arg(long, value_name = "POINT")]
    pub forecast: Vec<String>,
    /// The first day; that of the running period if absent
    #[arg(long, value_name = "DAY")]
    pub starts: Option<String>,
    /// Which amounts
    #[arg(long, default_value = "billed")]
    pub metric: Metric,
    /// Credits count too
    #[arg(long)]
    pub credits: bool,
    /// Tax counts too
    #[arg(long)]
    pub tax: bool,
    /// The budget it is a part of
    #[arg(long, value_name = "NAME")]
    pub parent: Option<String>,
    /// The number of a channel that its alerts go to; may be repeated
    #[arg(long, value_name = "ID")]
    pub channel: Vec<i64>,
    /// What it is for
    #[arg(long, default_value = "")]
    pub note: String,
}
