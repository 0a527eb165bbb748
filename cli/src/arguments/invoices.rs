use std::path::PathBuf;

use clap::Subcommand;

/// `tally invoices`.
#[derive(Debug, Subcommand)]
pub enum Invoices {
    /// Draft a month: for everybody who has costs, or for one
    Draft {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Only for person:NAME or team:NAME
        #[arg(long = "for", value_name = "KIND:NAME")]
        recipient: Option<String>,
    },
    /// Issue a draft: it takes the next number and never changes again
    Issue {
        /// The draft's id
        id: i64,
    },
    /// Save an invoice as PDF; a draft's is marked as draft
    Pdf {
        /// The invoice's id
        id: i64,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// All invoices
    List {
        /// Only this month's
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
}
