use clap::Subcommand;

/// `tally teams`.
#[derive(Debug, Subcommand)]
pub enum Teams {
    /// Add a team
    Add {
        /// The name
        name: String,
        /// The client it belongs to
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
    },
    /// All teams
    List,
    /// Put a person into a team
    Join {
        /// The team's name
        team: String,
        /// The person's name
        person: String,
        /// The first day
        #[arg(long, value_name = "DAY")]
        from: Option<String>,
        /// The last day
        #[arg(long, value_name = "DAY")]
        to: Option<String>,
    },
}
