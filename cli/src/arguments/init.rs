use clap::Args;

/// `tally init`.
#[derive(Debug, Args)]
pub struct Init {
    /// With a made-up company behind a made-up AWS; marked as demo data everywhere
    #[arg(long)]
    pub sandbox: bool,
    /// How many people the made-up company has, from 8 to 50 [default: 8]
    #[arg(long, value_name = "N", requires = "sandbox", value_parser = clap::value_parser!(u8).range(8..=50))]
    pub people: Option<u8>,
    /// The workspace's name [default: the file's]
    #[arg(long)]
    pub name: Option<String>,
}
