use clap::Args;

use super::{Filters, Metric};

/// `tally forecast`.
#[derive(Debug, Args)]
pub struct Forecast {
    /// all, person:NAME, team:NAME, client:NAME, provider:NAME, service:NAME, account:ID, region:ID,
    /// tag:KEY=VALUE, resource:ID or budget:NAME
    #[arg(long = "for", value_name = "WHAT", default_value = "all")]
    pub what: String,
    /// How many months, the running one included
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=12))]
    pub months: u8,
    /// Also its rows: by person, team, client, provider, service, category, account, region, resource or tag:KEY
    #[arg(long, value_name = "DIMENSION")]
    pub by: Option<String>,
    /// Which amounts
    #[arg(long, default_value = "billed")]
    pub metric: Metric,
    #[command(flatten)]
    pub filters: Filters,
}
