use clap::Args;

/// `tally sync`.
#[derive(Debug, Args)]
pub struct Sync {
    /// Only this client
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// Only say what it would ask AWS for, and what that costs
    #[arg(long)]
    pub dry_run: bool,
}
