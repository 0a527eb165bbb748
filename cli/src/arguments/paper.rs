use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `tally report`.
#[derive(Debug, Args)]
pub struct Report {
    /// Which one
    pub name: ReportName,
    /// The month [default: the latest that is loaded]
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
    /// en, de, fr or es [default: that of the workspace's documents]
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The PDF to write; one that is there is replaced once the new one is whole
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// The reports there are.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ReportName {
    /// The month at a glance
    Summary,
    /// What each person cost
    CostsByPerson,
    /// What was planned and what it came to
    Budgets,
    /// What discounts and commitments saved, and what was paid for and not used
    Savings,
}

/// `tally letterhead`.
#[derive(Debug, Subcommand)]
pub enum Letterhead {
    /// Show it
    Show,
    /// Change it; what is not named stays. What is issued keeps its look
    Set {
        /// The language of documents' own words: en, de, fr or es
        #[arg(long)]
        language: Option<String>,
        /// The sheet: a4 or letter
        #[arg(long)]
        paper: Option<String>,
        /// The colour of bars and marks, such as "#174069"; "none" for the house's blue
        #[arg(long, value_name = "COLOUR")]
        brand: Option<String>,
        /// The logo: a PNG or an SVG of at most 1 MiB
        #[arg(long, value_name = "FILE", conflicts_with = "no_logo")]
        logo: Option<PathBuf>,
        /// Take the logo away
        #[arg(long)]
        no_logo: bool,
    },
}
