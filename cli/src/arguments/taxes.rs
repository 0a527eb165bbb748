use clap::Subcommand;

/// `tally taxes`.
#[derive(Debug, Subcommand)]
pub enum Taxes {
    /// The standard rate of each country today, and where it is from
    List,
    /// All rates of one country, by day
    Show {
        /// The country, such as DE
        #[arg(value_name = "CC")]
        country: String,
    },
    /// Enter a country's rates in place of what was there
    Set {
        /// The country, such as DE
        #[arg(value_name = "CC")]
        country: String,
        /// Where they are from
        #[arg(long, value_name = "TEXT")]
        source: String,
        /// A rate, such as standard=19, reduced=7@2021-01-01.. or Canarias/standard=7@2020-01-01..2025-12-31; once
        /// a rate
        #[arg(
            long = "rate",
            value_name = "[REGION/]CATEGORY=PERCENT[@FROM..TO]",
            required = true
        )]
        rates: Vec<String>,
    },
    /// Forget the rates that were entered: the program's count again
    Reset {
        /// The country, such as DE
        #[arg(value_name = "CC")]
        country: String,
    },
}
