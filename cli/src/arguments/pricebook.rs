use std::path::PathBuf;

use clap::Subcommand;

/// `tally pricebook`.
#[derive(Debug, Subcommand)]
pub enum PriceBook {
    /// All price books, and whose they are
    List,
    /// What a price book says, or write it to a file
    Show {
        /// Its name
        name: String,
        /// Which version [default: the newest]
        #[arg(long = "version", value_name = "N", conflicts_with = "out")]
        number: Option<u32>,
        /// The file to write, as .csv or .toml
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Set a price book to what a file says: .csv or .toml
    Set {
        /// The file
        file: PathBuf,
        /// The book's name [default: the file's]
        #[arg(long)]
        name: Option<String>,
    },
    /// Say whose price book it is: somebody's own one comes first, then their team's, their client's, all's
    Use {
        /// Its name
        name: String,
        /// all, client:NAME, team:NAME or person:NAME; nobody's without any
        #[arg(long = "for", value_name = "WHO")]
        whom: Vec<String>,
    },
    /// A month under a price book, beside what it is charged at now
    Preview {
        /// Its name
        name: String,
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// people, teams, clients, or one as KIND:NAME
        #[arg(long = "for", default_value = "people", value_name = "WHO")]
        whom: String,
        /// Show each line and why it is charged what it is
        #[arg(long)]
        why: bool,
    },
    /// Remove a price book: what it priced stays
    Remove {
        /// Its name
        name: String,
    },
}
