use clap::Args;

use super::{Filters, Metric, When};

/// `tally why`.
#[derive(Debug, Args)]
pub struct Why {
    #[command(flatten)]
    pub when: When,
    /// What the rows of the report are, as in `tally costs`
    #[arg(long, value_name = "DIMENSION", requires = "key")]
    pub by: Option<String>,
    /// The row's key, as `tally costs --json` shows it
    #[arg(long, value_name = "KEY", requires = "by")]
    pub key: Option<String>,
    /// Which amounts
    #[arg(long, default_value = "billed")]
    pub metric: Metric,
    /// As it was known at the end of this day in UTC, owned by today's rules
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
}
