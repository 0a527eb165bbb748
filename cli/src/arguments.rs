//! The command line, as `--help` shows it.

mod export;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use export::{Export, ExportFormat};

const EXIT_CODES: &str = "Exit codes:
  0    done
  1    something inside failed
  2    the command line itself is wrong
  3    not found
  4    the input was refused (bad rows, an invalid value)
  5    conflict with what is there
  6    not allowed, or no key opens the workspace
  7    AWS or the network failed
  130  cancelled

Sentences and progress go to standard error, answers to standard output. With --json the answer is
one JSON value; a failure is {\"error\": …} on standard output.

Environment:
  TALLY_WORKSPACE   the workspace file, unless --workspace names one
  TALLY_PASSPHRASE  opens the workspace where there is no keychain
  TALLY_TODAY       the day that counts as today (YYYY-MM-DD), for rehearsals with demo data";

/// What your AWS accounts cost, who caused it and who pays.
#[derive(Debug, Parser)]
#[command(name = "tally", version, after_help = EXIT_CODES)]
pub struct Tally {
    /// The workspace file [default: default.tally in the data folder of this account]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "TALLY_WORKSPACE",
        hide_env = true
    )]
    pub workspace: Option<PathBuf>,
    /// Print the answer as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a workspace
    Init(Init),
    /// Load bills from files, manifests or folders: FOCUS 1.0-1.2 or Cost and Usage Report, CSV or Parquet
    Import(Import),
    /// Load what changed at AWS: from the export of a connection, or from Cost Explorer
    Sync(Sync),
    /// Where connections load bills from: cost exports or Cost Explorer
    #[command(subcommand)]
    Sources(Sources),
    /// What was spent, by whom or on what
    Costs(Box<Costs>),
    /// The ledger as a file for other programs
    #[command(subcommand)]
    Export(Export),
    /// Why a number is what it is: its sources, rules and kinds of charges
    Why(Box<Why>),
    /// Lay a month beside what AWS says of it: Cost Explorer and invoices
    Reconcile(Reconcile),
    /// Months too costly to be true, which are kept from invoices
    Quarantine {
        /// What to do with them; without one they are listed
        #[command(subcommand)]
        what: Option<Quarantine>,
    },
    /// People who own resources
    #[command(subcommand)]
    People(People),
    /// Teams and who belongs to them
    #[command(subcommand)]
    Teams(Teams),
    /// Who owns what
    #[command(subcommand)]
    Rules(Rules),
    /// Clients and where their bills come from
    #[command(subcommand)]
    Clients(Clients),
    /// Invoices
    #[command(subcommand)]
    Invoices(Invoices),
    /// The billing periods that are loaded
    #[command(args_conflicts_with_subcommands = true)]
    Periods {
        /// Only this client's
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
        /// Every version, also those that were replaced
        #[arg(long)]
        all: bool,
        /// What to do with them; without one they are listed
        #[command(subcommand)]
        what: Option<Periods>,
    },
    /// Long work: what runs and what ran
    Jobs {
        /// Cancel this one
        #[arg(long, value_name = "ID")]
        cancel: Option<i64>,
    },
    /// Check the workspace: file, sums, audit trail, invoices
    Verify,
    /// Write a backup, verified by restoring it
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Make a workspace from a backup
    Restore {
        /// The backup
        file: PathBuf,
        /// Open it with its recovery key, which is asked for (or read from standard input)
        #[arg(long)]
        recovery_key: bool,
    },
    /// Ask the programming interface directly
    Api {
        /// GET, POST, PUT, PATCH or DELETE
        method: String,
        /// The address, such as /api/v1/people
        path: String,
        /// A JSON body; "-" reads it from standard input
        body: Option<String>,
    },
    /// Serve the interface and the programming interface on 127.0.0.1
    Serve {
        /// The port; 0 takes a free one
        #[arg(long, default_value_t = 8765)]
        port: u16,
    },
    /// Make a sandbox workspace and go the whole way: sync, people's months, invoices
    Demo {
        /// The folder to write to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Print the description of the programming interface
    #[command(hide = true)]
    Openapi,
    /// Print the manual of this command line
    #[command(hide = true)]
    Manual,
}

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

/// `tally costs`.
#[derive(Debug, Args)]
pub struct Costs {
    #[command(flatten)]
    pub when: When,
    /// person, team, client, provider, service, category, account, region, resource or tag:KEY
    #[arg(long, default_value = "service", value_name = "DIMENSION")]
    pub by: String,
    /// Which amounts
    #[arg(long, default_value = "billed")]
    pub metric: Metric,
    /// As it was known at the end of this day in UTC, owned by today's rules
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
}

/// `tally why`.
#[derive(Debug, Args)]
pub struct Why {
    #[command(flatten)]
    pub when: When,
    /// What the rows of the report are, as in `tally costs`
    #[arg(long, value_name = "DIMENSION", requires = "key")]
    pub by: Option<String>,
    /// The row's key, as `tally costs --json` shows it
    #[arg(long, value_name = "KEY", requires = "by")]
    pub key: Option<String>,
    /// Which amounts
    #[arg(long, default_value = "billed")]
    pub metric: Metric,
    /// As it was known at the end of this day in UTC, owned by today's rules
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
}

/// `tally reconcile`.
#[derive(Debug, Args)]
pub struct Reconcile {
    /// The month
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
    /// Only this client
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// Only say what it would ask AWS for, and what that costs
    #[arg(long)]
    pub dry_run: bool,
}

/// `tally quarantine`.
#[derive(Debug, Subcommand)]
pub enum Quarantine {
    /// Let a month through
    Release {
        /// Its number
        id: i64,
        /// Why; it stays in the trail
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
}

/// A month, or days.
#[derive(Debug, Args)]
pub struct When {
    /// The month
    #[arg(long, value_name = "YYYY-MM", required_unless_present = "from", conflicts_with_all = ["from", "to"])]
    pub month: Option<String>,
    /// The first day
    #[arg(long, value_name = "DAY", requires = "to")]
    pub from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
}

/// Which charges; the same filter given twice means either, different filters mean both.
#[derive(Debug, Args)]
pub struct Filters {
    /// Only this person's
    #[arg(long, value_name = "NAME")]
    pub person: Vec<String>,
    /// Only this team's
    #[arg(long, value_name = "NAME")]
    pub team: Vec<String>,
    /// Only this client's
    #[arg(long, value_name = "NAME")]
    pub client: Vec<String>,
    /// Only this provider's
    #[arg(long, value_name = "NAME")]
    pub provider: Vec<String>,
    /// Only this service's
    #[arg(long, value_name = "NAME")]
    pub service: Vec<String>,
    /// Only this category: Usage, Purchase, Tax, Credit, Adjustment
    #[arg(long, value_name = "NAME")]
    pub category: Vec<String>,
    /// Only this account's
    #[arg(long, value_name = "ID")]
    pub account: Vec<String>,
    /// Only this region's
    #[arg(long, value_name = "ID")]
    pub region: Vec<String>,
    /// Only what carries this tag
    #[arg(long, value_name = "KEY=VALUE")]
    pub tag: Vec<String>,
    /// Only this resource's
    #[arg(long, value_name = "ID")]
    pub resource: Vec<String>,
    /// Only what nobody owns
    #[arg(long)]
    pub unowned: bool,
}

/// Which amounts of a charge.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Metric {
    /// The basis of the provider's invoice
    Billed,
    /// Amortised over what was bought
    Effective,
}

/// `tally periods`.
#[derive(Debug, Subcommand)]
pub enum Periods {
    /// What became different from one version to another
    Diff {
        /// The version before: the number that `tally periods --all` shows
        #[arg(value_name = "ID", value_parser = version)]
        before: i64,
        /// The version after
        #[arg(value_name = "ID", value_parser = version)]
        after: i64,
        /// service, account, person, team, category, region, resource or tag:KEY
        #[arg(long, default_value = "service", value_name = "DIMENSION")]
        by: String,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
}

/// The number of a version, with or without the mark it is shown with.
fn version(text: &str) -> Result<i64, String> {
    let number = text.strip_prefix('#').unwrap_or(text);
    number
        .parse()
        .map_err(|_| format!("\"{text}\" is not the number of a version, such as 12 or #12"))
}

/// `tally people`.
#[derive(Debug, Subcommand)]
pub enum People {
    /// Add a person
    Add {
        /// The name
        name: String,
        /// The address for mail
        #[arg(long)]
        email: Option<String>,
    },
    /// Everybody
    List,
    /// A person's month by service, against the month before
    Month {
        /// The name
        name: String,
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Which amounts
        #[arg(long, default_value = "billed")]
        metric: Metric,
    },
}

/// `tally teams`.
#[derive(Debug, Subcommand)]
pub enum Teams {
    /// Add a team
    Add {
        /// The name
        name: String,
        /// The client it belongs to
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
    },
    /// All teams
    List,
    /// Put a person into a team
    Join {
        /// The team's name
        team: String,
        /// The person's name
        person: String,
        /// The first day
        #[arg(long, value_name = "DAY")]
        from: Option<String>,
        /// The last day
        #[arg(long, value_name = "DAY")]
        to: Option<String>,
    },
}

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

/// `tally invoices`.
#[derive(Debug, Subcommand)]
pub enum Invoices {
    /// Draft a month: for everybody who has costs, or for one
    Draft {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Only for person:NAME or team:NAME
        #[arg(long = "for", value_name = "KIND:NAME")]
        recipient: Option<String>,
    },
    /// Issue a draft: it takes the next number and never changes again
    Issue {
        /// The draft's id
        id: i64,
    },
    /// Save an invoice as PDF; a draft's is marked as draft
    Pdf {
        /// The invoice's id
        id: i64,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// All invoices
    List {
        /// Only this month's
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
}
