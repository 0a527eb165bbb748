use clap::Args;

use super::Filters;

/// `tally anomalies`.
#[derive(Debug, Args)]
pub struct Anomalies {
    /// The month
    #[arg(long, value_name = "YYYY-MM", required_unless_present_any = ["from", "feedback"], conflicts_with_all = ["from", "to"])]
    pub month: Option<String>,
    /// The first day
    #[arg(long, value_name = "DAY", requires = "to")]
    pub from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
    /// Say of one of them, by its number, that it is expected or unexpected; none takes that back
    #[arg(long, num_args = 2, value_names = ["ID", "VERDICT"], conflicts_with_all = ["month", "from"])]
    pub feedback: Option<Vec<String>>,
    /// A note on what is said
    #[arg(long, requires = "feedback", default_value = "")]
    pub note: String,
    #[command(flatten)]
    pub filters: Filters,
}
