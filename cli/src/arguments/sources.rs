use clap::{Args, Subcommand};

/// `tally sources`.
#[derive(Debug, Subcommand)]
pub enum Sources {
    /// Find the cost exports that exist; asks AWS for nothing that is paid for
    Discover {
        /// With the credentials of this client's connection
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
    },
    /// Have a connection load an export
    Use {
        /// The export's name or ARN
        #[arg(value_name = "NAME|ARN")]
        export: String,
        #[command(flatten)]
        of: Of,
    },
    /// Have a connection ask Cost Explorer again
    CostExplorer {
        #[command(flatten)]
        of: Of,
    },
    /// Make a daily FOCUS 1.2 export at AWS and have a connection load it
    Create {
        /// The bucket it shall be delivered to
        #[arg(long)]
        bucket: String,
        /// The prefix below which it shall be delivered
        #[arg(long)]
        prefix: String,
        /// What it shall be called
        #[arg(long)]
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// Have months that are too large to fetch rolled up in the customer's Athena
    Athena {
        /// Months of more bytes than this; without it months are fetched again, whatever their size
        #[arg(long, value_name = "BYTES", requires = "database", requires = "output")]
        above: Option<u64>,
        /// The database in which the export's table is made
        #[arg(long, value_name = "NAME")]
        database: Option<String>,
        /// Where answers are written
        #[arg(long, value_name = "s3://BUCKET/PREFIX/")]
        output: Option<String>,
        /// What the roll-ups of a sync may cost at the most, in dollars, without anybody being asked
        #[arg(long, value_name = "DOLLARS", default_value = "0", requires = "above")]
        agree_up_to: String,
        /// The workgroup; one that cuts off queries
        #[arg(long, value_name = "NAME", default_value = "tallyport")]
        workgroup: String,
        #[command(flatten)]
        of: Of,
    },
    /// Set how many paid requests a connection may make in a month
    Cap {
        /// How many; none takes the cap away
        #[arg(value_name = "REQUESTS")]
        requests: Option<u32>,
        #[command(flatten)]
        of: Of,
    },
}

/// Which connection is meant; the only one if nothing is said.
#[derive(Debug, Args)]
pub struct Of {
    /// This client's
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// The connection of this number
    #[arg(long, value_name = "ID", conflicts_with = "client")]
    pub connection: Option<i64>,
}
