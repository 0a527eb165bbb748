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
    /// Which lines are not taxed at the usual rate; with --rule, sets these in place of those before
    Rules {
        /// A rule, such as "service:*Books=reduced" or "kind:fee=exempt:Article 135 (1)"; the first that holds counts
        #[arg(
            long = "rule",
            value_name = "service:PATTERN|kind:KIND=CATEGORY[:REASON]"
        )]
        rules: Vec<String>,
        /// Take all rules away
        #[arg(long, conflicts_with = "rules")]
        none: bool,
    },
    /// Forget the rates that were entered: the program's count again
    Reset {
        /// The country, such as DE
        #[arg(value_name = "CC")]
        country: String,
    },
}
