use clap::{Args, Subcommand, ValueEnum};

use super::{Metric, When};

/// `tally sharing`.
#[derive(Debug, Subcommand)]
pub enum Sharing {
    /// Spread what one owner owns directly over others
    Add(NewSharing),
    /// Change a rule as a whole
    Change {
        /// The rule's number
        id: i64,
        #[command(flatten)]
        rule: NewSharing,
    },
    /// What a rule would move, before it does
    Preview {
        #[command(flatten)]
        rule: NewSharing,
        /// The number of the rule that it would replace
        #[arg(long, value_name = "ID")]
        replaces: Option<i64>,
        /// In which month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
    /// How shared cost is spread
    List,
    /// Take a rule away: its pot is its owner's again
    Delete {
        /// The rule's number
        id: i64,
    },
    /// What everybody has once it is spread
    Costs {
        #[command(flatten)]
        when: When,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
}

/// How a pot is to be spread.
#[derive(Debug, Args)]
pub struct NewSharing {
    /// Whose: person:NAME, team:NAME or client:NAME
    #[arg(value_name = "KIND:NAME")]
    pub pot: String,
    /// How
    #[arg(long, default_value = "even")]
    pub method: SharingMethod,
    /// Over whom; with =SHARE for fixed shares, such as team:Web=0.25
    #[arg(long = "to", value_name = "KIND:NAME[=SHARE]")]
    pub takers: Vec<String>,
    /// A pot that takes part as the last and spreads what it gets by its own rule
    #[arg(long, value_name = "KIND:NAME[=SHARE]")]
    pub onward: Option<String>,
    /// Why
    #[arg(long)]
    pub note: Option<String>,
}

/// How a pot is spread.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SharingMethod {
    /// The same for each
    Even,
    /// By what each owns
    Proportional,
    /// By fixed shares, which add up to 1
    Fixed,
}
