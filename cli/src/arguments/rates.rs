use std::path::PathBuf;

use clap::Subcommand;

/// `tally rates`.
#[derive(Debug, Subcommand)]
pub enum Rates {
    /// The rates that are known, the latest day first
    List {
        /// The first day
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<String>,
        /// The last day
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<String>,
        /// Only those of or in this currency
        #[arg(long, value_name = "CODE")]
        currency: Option<String>,
    },
    /// Enter a rate: so many of the second currency for one of the first
    Add {
        /// The first currency, such as EUR
        from: String,
        /// The second, such as USD
        to: String,
        /// How many, such as 1.1196
        rate: String,
        /// The day it is of
        #[arg(long, value_name = "YYYY-MM-DD")]
        day: String,
        /// Who says so
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// Import the European Central Bank's reference rates: CSV or XML, of one day or of all
    Import {
        /// The file
        file: PathBuf,
    },
    /// Forget a rate; what was converted by it stays as it is
    Remove {
        /// The first currency
        from: String,
        /// The second
        to: String,
        /// The day it is of
        #[arg(long, value_name = "YYYY-MM-DD")]
        day: String,
        /// Who said so
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
}
