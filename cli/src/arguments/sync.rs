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
    /// Agree to pay so many dollars at the most for what each connection has rolled up in Athena
    #[arg(long, value_name = "DOLLARS")]
    pub athena_up_to: Option<String>,
}
