use clap::{Args, Subcommand};

/// `tally reconcile`.
#[derive(Debug, Args)]
pub struct Reconcile {
    /// The month
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
    /// Only this client
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// Only say what it would ask AWS for, and what that costs
    #[arg(long)]
    pub dry_run: bool,
}

/// `tally quarantine`.
#[derive(Debug, Subcommand)]
pub enum Quarantine {
    /// Let a month through
    Release {
        /// Its number
        id: i64,
        /// Why; it stays in the trail
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
}
