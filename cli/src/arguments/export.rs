use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Filters, When};

/// `tally export`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Export {
    /// The ledger for programs
    #[command(subcommand)]
    pub focus: Option<ExportFocus>,
    #[command(flatten)]
    pub table: ExportTable,
}

/// `tally export focus`.
#[derive(Debug, Subcommand)]
pub enum ExportFocus {
    /// The charges as FOCUS 1.2, with who owns each in columns of our own
    Focus {
        #[command(flatten)]
        when: When,
        /// The file to write; one that is there is replaced once the new one is whole
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// As what [default: what the file's name says, else csv]
        #[arg(long)]
        format: Option<FocusFormat>,
        /// As it was known at the end of this day in UTC, owned by today's rules
        #[arg(long, value_name = "DAY")]
        as_of: Option<String>,
        #[command(flatten)]
        filters: Box<Filters>,
    },
}

/// As what charges are exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FocusFormat {
    /// Comma separated values
    Csv,
    /// Parquet
    Parquet,
}

/// `tally export TABLE`.
#[derive(Debug, Args)]
pub struct ExportTable {
    /// The table; without one all are listed
    #[arg(value_name = "TABLE", requires = "out")]
    pub table: Option<String>,
    /// The file to write; one that is there is replaced once the new one is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// As what [default: what the file's name says, else csv]
    #[arg(long)]
    pub format: Option<TableFormat>,
    /// What stands between two cells of a CSV file
    #[arg(long, value_name = "SIGN")]
    pub separator: Option<Separator>,
    /// Write decimals of a CSV file with a comma, as spreadsheets in much of the world expect
    #[arg(long)]
    pub decimal_comma: bool,
    /// Begin a CSV file with a byte-order mark
    #[arg(long)]
    pub bom: bool,
    /// The month
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["from", "to"])]
    pub month: Option<String>,
    /// The first day
    #[arg(long, value_name = "DAY", requires = "to")]
    pub from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
    /// The rows of costs and of a forecast: person, team, client, service, tag:KEY, …
    #[arg(long, value_name = "DIMENSION")]
    pub by: Option<String>,
    /// The columns of costs: none, day or month
    #[arg(long, value_name = "COLUMNS")]
    pub interval: Option<String>,
    /// As it was known at the end of this day in UTC, owned by today's rules
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// Anything else that the table asks, such as budget=3 or state=all
    #[arg(long = "with", value_name = "NAME=VALUE")]
    pub with: Vec<String>,
    #[command(flatten)]
    pub filters: Box<Filters>,
}

/// As what a table is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum TableFormat {
    /// Comma separated values
    Csv,
    /// A workbook
    Xlsx,
    /// Paper
    Pdf,
}

/// What stands between cells.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Separator {
    /// ,
    Comma,
    /// ;
    Semicolon,
    /// A tab
    Tab,
}
