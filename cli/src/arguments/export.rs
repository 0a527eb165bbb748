use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{Filters, When};

/// `tally export`.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// The charges as FOCUS 1.2, with who owns each in columns of our own
    Focus {
        #[command(flatten)]
        when: When,
        /// The file to write; one that is there is replaced once the new one is whole
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// As what [default: what the file's name says, else csv]
        #[arg(long)]
        format: Option<ExportFormat>,
        /// As it was known at the end of this day in UTC, owned by today's rules
        #[arg(long, value_name = "DAY")]
        as_of: Option<String>,
        #[command(flatten)]
        filters: Box<Filters>,
    },
}

/// As what charges are exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// Comma separated values
    Csv,
    /// Parquet
    Parquet,
}
