use clap::Subcommand;

/// `tally alerts`.
#[derive(Debug, Subcommand)]
pub enum Alerts {
    /// What nobody has answered yet
    List {
        /// Also those that are answered or cleared
        #[arg(long)]
        all: bool,
        /// Only those of this budget
        #[arg(long, value_name = "NAME")]
        budget: Option<String>,
    },
    /// Note that an alert is seen to
    Ack {
        /// Its number
        id: i64,
    },
    /// Put an alert off: it comes back then
    Snooze {
        /// Its number
        id: i64,
        /// Until then (2026-12-01T08:00:00Z)
        #[arg(long, value_name = "MOMENT")]
        until: String,
    },
    /// Take an answer back
    Reopen {
        /// Its number
        id: i64,
    },
}
