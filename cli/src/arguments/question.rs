use clap::{Args, ValueEnum};

/// A month, or days.
#[derive(Debug, Args)]
pub struct When {
    /// The month
    #[arg(long, value_name = "YYYY-MM", required_unless_present = "from", conflicts_with_all = ["from", "to"])]
    pub month: Option<String>,
    /// The first day
    #[arg(long, value_name = "DAY", requires = "to")]
    pub from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
}

/// Which charges; the same filter given twice means either, different filters mean both.
#[derive(Debug, Args)]
pub struct Filters {
    /// Only this person's
    #[arg(long, value_name = "NAME")]
    pub person: Vec<String>,
    /// Only this team's
    #[arg(long, value_name = "NAME")]
    pub team: Vec<String>,
    /// Only this client's
    #[arg(long, value_name = "NAME")]
    pub client: Vec<String>,
    /// Only this provider's
    #[arg(long, value_name = "NAME")]
    pub provider: Vec<String>,
    /// Only this service's
    #[arg(long, value_name = "NAME")]
    pub service: Vec<String>,
    /// Only this category: Usage, Purchase, Tax, Credit, Adjustment
    #[arg(long, value_name = "NAME")]
    pub category: Vec<String>,
    /// Only this account's
    #[arg(long, value_name = "ID")]
    pub account: Vec<String>,
    /// Only this region's
    #[arg(long, value_name = "ID")]
    pub region: Vec<String>,
    /// Only what carries this tag
    #[arg(long, value_name = "KEY=VALUE")]
    pub tag: Vec<String>,
    /// Only this resource's
    #[arg(long, value_name = "ID")]
    pub resource: Vec<String>,
    /// Only what nobody owns
    #[arg(long)]
    pub unowned: bool,
}

/// Which amounts of a charge.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Metric {
    /// The basis of the provider's invoice
    Billed,
    /// Amortised over what was bought
    Effective,
}
