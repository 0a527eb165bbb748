use clap::{Args, Subcommand};

/// `tally schedules`.
#[derive(Debug, Subcommand)]
pub enum Schedules {
    /// What is done by itself, when it is done next, and what came of it last
    List,
    /// Set when one is done; what is not said stays
    Set(SetSchedule),
    /// Run one now, and wait for its end
    Run {
        /// Its word, as `tally schedules list` shows it
        #[arg(value_name = "SCHEDULE")]
        id: String,
    },
    /// The runs of one, the latest first
    Runs {
        /// Its word, as `tally schedules list` shows it
        #[arg(value_name = "SCHEDULE")]
        id: String,
    },
}

/// `tally schedules set`.
#[derive(Debug, Args)]
pub struct SetSchedule {
    /// Its word, as `tally schedules list` shows it
    #[arg(value_name = "SCHEDULE")]
    pub id: String,
    /// Minute, hour, day of the month, month, day of the week, as cron has them
    #[arg(long, value_name = "\"0 6 * * *\"")]
    pub cron: Option<String>,
    /// The zone of the times, such as Europe/Vienna; "workspace" follows the workspace's
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Do it
    #[arg(long, conflicts_with = "off")]
    pub on: bool,
    /// Do it no more
    #[arg(long)]
    pub off: bool,
    /// Of invoices: whose. people, teams, clients or tenants; or person:NAME and so on, once for each
    #[arg(long = "for", value_name = "WHOSE")]
    pub recipients: Vec<String>,
}
