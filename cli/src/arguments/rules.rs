use clap::{Args, Subcommand};

/// `tally rules`.
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// Say who owns what matches; all conditions must hold
    Add(Box<AddRule>),
    /// All rules in order; the first match wins
    List,
    /// Delete a rule; what it owned is given to the next that matches
    Delete {
        /// The rule's number
        id: i64,
    },
}

/// `tally rules add`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub struct AddRule {
    /// person:NAME or team:NAME
    #[arg(long, value_name = "KIND:NAME")]
    pub owner: String,
    /// This resource
    #[arg(long, value_name = "ID", group = "what")]
    pub resource: Option<String>,
    /// What carries this tag; the value may hold * and ?
    #[arg(long, value_name = "KEY=VALUE", group = "what")]
    pub tag: Option<String>,
    /// This account
    #[arg(long, value_name = "ID", group = "what")]
    pub account: Option<String>,
    /// This service; may hold * and ?
    #[arg(long, value_name = "NAME", group = "what")]
    pub service: Option<String>,
    /// This region
    #[arg(long, value_name = "ID", group = "what")]
    pub region: Option<String>,
    /// From this day
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// To this day
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Why
    #[arg(long)]
    pub note: Option<String>,
    /// Only say what it would change
    #[arg(long)]
    pub dry_run: bool,
}
