use clap::Args;

use super::{Filters, Metric, When};

/// `tally costs`.
#[derive(Debug, Args)]
pub struct Costs {
    #[command(flatten)]
    pub when: When,
    /// person, team, client, provider, service, category, account, region, resource or tag:KEY
    #[arg(long, default_value = "service", value_name = "DIMENSION")]
    pub by: String,
    /// Which amounts
    #[arg(long, default_value = "billed")]
    pub metric: Metric,
    /// As it was known at the end of this day in UTC, owned by today's rules
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
}
