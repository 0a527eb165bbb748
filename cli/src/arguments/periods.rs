use clap::Subcommand;

use super::Metric;

/// `tally periods`.
#[derive(Debug, Subcommand)]
pub enum Periods {
    /// What became different from one version to another
    Diff {
        /// The version before: the number that `tally periods --all` shows
        #[arg(value_name = "ID", value_parser = version)]
        before: i64,
        /// The version after
        #[arg(value_name = "ID", value_parser = version)]
        after: i64,
        /// service, account, person, team, category, region, resource or tag:KEY
        #[arg(long, default_value = "service", value_name = "DIMENSION")]
        by: String,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
}

/// The number of a version, with or without the mark it is shown with.
fn version(text: &str) -> Result<i64, String> {
    let number = text.strip_prefix('#').unwrap_or(text);
    number
        .parse()
        .map_err(|_| format!("\"{text}\" is not the number of a version, such as 12 or #12"))
}
