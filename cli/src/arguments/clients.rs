use clap::{Args, Subcommand};

/// `tally clients`.
#[derive(Debug, Subcommand)]
pub enum Clients {
    /// Add a client
    Add {
        /// The name
        name: String,
    },
    /// All clients and their connections
    List,
    /// Connect a client's billing account through Cost Explorer
    Connect(Connect),
}

/// `tally clients connect`.
#[derive(Debug, Args)]
pub struct Connect {
    /// The client's name
    pub client: String,
    /// The billing account's number
    #[arg(long, value_name = "ID")]
    pub account: String,
    /// A profile of the AWS configuration on this machine [default: the environment]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// A role to assume
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// The external id that the role asks for
    #[arg(long, value_name = "ID", requires = "role_arn")]
    pub external_id: Option<String>,
    /// The cost allocation tag that names owners
    #[arg(long, value_name = "KEY")]
    pub allocation_tag: Option<String>,
}
