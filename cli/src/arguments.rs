//! The command line, as `--help` shows it: one file a command, what several of them ask in `question`.

mod alerts;
mod anomalies;
mod budgets;
mod buyers;
mod channels;
mod clients;
mod costs;
mod export;
mod forecast;
mod import;
mod init;
mod invoices;
mod paper;
mod people;
mod periods;
mod pricebook;
mod question;
mod rates;
mod reconcile;
mod rules;
mod schedules;
mod sharing;
mod sources;
mod sync;
mod taxes;
mod teams;
mod tenants;
mod transfers;
mod why;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use alerts::Alerts;
pub use anomalies::Anomalies;
pub use budgets::{Budgets, SetBudget};
pub use buyers::{Buyers, SetBuyer};
pub use channels::{AddChannel, ChannelKind, ChannelSettings, Channels, EditChannel, Telling};
pub use clients::{Clients, Connect};
pub use costs::Costs;
pub use export::{Export, ExportFocus, ExportTable, FocusFormat, Separator, TableFormat};
pub use forecast::Forecast;
pub use import::Import;
pub use init::Init;
pub use invoices::{Batch, Invoices, Mailing, Sending, Syntax};
pub use paper::{Letterhead, Report, ReportName};
pub use people::People;
pub use periods::Periods;
pub use pricebook::PriceBook;
pub use question::{Filters, Metric, When};
pub use rates::Rates;
pub use reconcile::{Quarantine, Reconcile};
pub use rules::{AddRule, Rules};
pub use schedules::{Schedules, SetSchedule};
pub use sharing::{NewSharing, Sharing, SharingMethod};
pub use sources::Sources;
pub use sync::Sync;
pub use taxes::Taxes;
pub use teams::Teams;
pub use tenants::{
    AddTenantUser, CreateTenant, EditTenantUser, KeyKind, Limits, TenantUsers, Tenants,
    UpdateTenant,
};
pub use transfers::{Download, Ls, Moving, TransferLimits, Transfers, Upload, Usage};
pub use why::Why;

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
    /// What the rest of the month and the next months will cost
    Forecast(Box<Forecast>),
    /// What was unusual, why, and what people say of it
    Anomalies(Box<Anomalies>),
    /// Limits for what is spent, and how they stand
    #[command(subcommand)]
    Budgets(Budgets),
    /// What budgets told: the inbox
    #[command(subcommand)]
    Alerts(Alerts),
    /// The ways on which alerts go out, besides the inbox and the desktop
    #[command(subcommand)]
    Channels(Channels),
    /// Any table as CSV, a workbook or PDF; the ledger as FOCUS for other programs
    Export(Box<Export>),
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
    /// Shared cost: spread what one owner owns over others
    #[command(subcommand)]
    Sharing(Sharing),
    /// Clients and where their bills come from
    #[command(subcommand)]
    Clients(Clients),
    /// Tenants: customers who send and fetch files by SFTP
    #[command(subcommand)]
    Tenants(Tenants),
    /// Send files and folders to a tenant; what is interrupted goes on
    Upload(Upload),
    /// Fetch files and folders from a tenant; what is interrupted goes on
    Download(Download),
    /// A tenant's files
    Ls(Ls),
    /// What a tenant kept and moved, by day
    Usage(Usage),
    /// Files on their way to and from tenants
    #[command(subcommand)]
    Transfers(Transfers),
    /// Invoices
    #[command(subcommand)]
    Invoices(Invoices),
    /// Who is billed, where, and on which terms
    #[command(subcommand)]
    Buyers(Buyers),
    /// Tax rates of countries, by day
    #[command(subcommand)]
    Taxes(Taxes),
    /// Exchange rates, by day and source
    #[command(subcommand)]
    Rates(Rates),
    /// What cost is charged at: price books
    #[command(subcommand)]
    Pricebook(PriceBook),
    /// A month on paper: at a glance, by person, or budgets
    Report(Report),
    /// How invoices and reports look: language, sheet, colour, logo
    #[command(subcommand)]
    Letterhead(Letterhead),
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
    /// What is done by itself: syncs, looking at budgets
    #[command(subcommand)]
    Schedules(Schedules),
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
