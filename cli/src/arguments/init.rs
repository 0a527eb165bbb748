use clap::Args;

/// `tally init`.
#[derive(Debug, Args)]
pub struct Init {
    /// With a made-up company behind a made-up AWS; marked as demo data everywhere
    #[arg(long)]
    pub sandbox: bool,
    /// The workspace's name [default: the file's]
    #[arg(long)]
    pub name: Option<String>,
}
