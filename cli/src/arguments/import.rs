use std::path::PathBuf;

use clap::Args;

/// `tally import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The files, the manifests of several files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub files: Vec<PathBuf>,
    /// The client whose bill it is
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// Keep what is loaded for the same billing period: the bill comes in parts
    #[arg(long)]
    pub add: bool,
    /// Import the rest of a file that has bad rows; the rows left out are recorded
    #[arg(long)]
    pub skip_bad_rows: bool,
}
