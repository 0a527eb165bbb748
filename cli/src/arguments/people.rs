use clap::Subcommand;

use super::Metric;

/// `tally people`.
#[derive(Debug, Subcommand)]
pub enum People {
    /// Add a person
    Add {
        /// The name
        name: String,
        /// The address for mail
        #[arg(long)]
        email: Option<String>,
    },
    /// Everybody
    List,
    /// A person's month by service, against the month before
    Month {
        /// The name
        name: String,
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
}
