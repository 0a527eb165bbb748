use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `tally upload`.
#[derive(Debug, Args)]
pub struct Upload {
    /// Files and folders
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The tenant, and the folder within it
    #[arg(long, value_name = "TENANT[/FOLDER]")]
    pub to: String,
    #[command(flatten)]
    pub moving: Moving,
}

/// `tally download`.
#[derive(Debug, Args)]
pub struct Download {
    /// The tenant, and a file or a folder (which ends with /) within it
    #[arg(value_name = "TENANT[/PATH]")]
    pub from: String,
    /// The folder that it comes into
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub into: PathBuf,
    #[command(flatten)]
    pub moving: Moving,
}

/// `tally usage`.
#[derive(Debug, Args)]
pub struct Usage {
    /// The tenant's name or short name
    #[arg(long, value_name = "NAME")]
    pub tenant: String,
    /// The month [default: this one]
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
    /// Measure it now
    #[arg(long, conflicts_with = "month")]
    pub measure: bool,
}

/// `tally ls`.
#[derive(Debug, Args)]
pub struct Ls {
    /// The tenant, and a folder within it
    #[arg(value_name = "TENANT[/FOLDER]")]
    pub place: String,
    /// Only files below it whose path holds this
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

/// How files are moved.
#[derive(Debug, Args)]
pub struct Moving {
    /// What is done where something else is in the way
    #[arg(long, default_value = "skip")]
    pub on_clash: OnClash,
    /// At most so many bytes a second, such as 2MB
    #[arg(long, value_name = "BYTES")]
    pub limit: Option<String>,
    /// Begin, and leave the moving to the window or to `tally serve`
    #[arg(long)]
    pub no_wait: bool,
}

/// What is done where something else is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnClash {
    /// The file waits: `tally transfers settle` answers
    Ask,
    /// What is there stays
    Skip,
    /// The file replaces what is there
    Replace,
    /// The file goes beside it, under another name
    KeepBoth,
}

impl OnClash {
    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Skip => "skip",
            Self::Replace => "replace",
            Self::KeepBoth => "keep-both",
        }
    }
}

/// `tally transfers limits`.
#[derive(Debug, Args)]
pub struct TransferLimits {
    /// At most so many bytes a second outside the windows, such as 2MB; none: as fast as the line
    #[arg(long, value_name = "BYTES")]
    pub usual: Option<String>,
    /// A time of the week with a limit of its own, such as "mon-fri 08:00-18:00 1MB"; the first that fits counts;
    /// none: there are no windows
    #[arg(long = "window", value_name = "WINDOW")]
    pub windows: Vec<String>,
    /// The zone of the windows, such as Europe/Vienna
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
}

/// `tally transfers`.
#[derive(Debug, Subcommand)]
pub enum Transfers {
    /// Files on their way, and those that were, the newest first
    List {
        /// Only of this tenant
        #[arg(long, value_name = "NAME")]
        tenant: Option<String>,
        /// Only those that have not ended
        #[arg(long)]
        open: bool,
        /// Those that were cleared, whose receipts are kept
        #[arg(long, conflicts_with = "open")]
        cleared: bool,
    },
    /// Let one wait
    Pause {
        /// Its number
        id: i64,
    },
    /// Go on with one, and follow it to its end
    Resume {
        /// Its number
        id: i64,
    },
    /// End one for good; nothing in parts is left behind
    Cancel {
        /// Its number
        id: i64,
    },
    /// Try again what did not arrive: each file goes as it is now
    Retry {
        /// Its number
        id: i64,
        /// Only this file, by its number in `tally transfers files`
        #[arg(long, value_name = "NUMBER")]
        file: Option<i64>,
    },
    /// The files of one, and how each stands
    Files {
        /// Its number
        id: i64,
        /// Only those in this state: waiting, underway, completing, done, skipped, clash, failed or cancelled
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
    },
    /// Ask the store whether what arrived is still there as it was; nothing is fetched
    Recheck {
        /// Its number
        id: i64,
        /// Only this file, by its number in `tally transfers files`
        #[arg(long, value_name = "NUMBER")]
        file: Option<i64>,
    },
    /// Set how fast one may be, also while it is under way
    Limit {
        /// Its number
        id: i64,
        /// At most so many bytes a second, such as 2MB; none: as fast as the line
        limit: String,
    },
    /// Set whose turn it is where several want the line
    Prioritise {
        /// Its number
        id: i64,
        /// low, usual or high
        priority: String,
    },
    /// Take one that has ended off the list, or all that have; receipts stay
    Clear {
        /// Its number
        #[arg(required_unless_present = "ended")]
        id: Option<i64>,
        /// All that have ended
        #[arg(long, conflicts_with = "id")]
        ended: bool,
        /// Erase the receipts as well: nothing proves any more what arrived
        #[arg(long)]
        erase_receipts: bool,
    },
    /// How fast all of them together may be, by the time of the week; sets what is given
    Limits(TransferLimits),
    /// Answer for files in whose way something else is
    Settle {
        /// Its number
        id: i64,
        /// skip, replace or keep-both
        answer: OnClash,
    },
    /// The receipts of one, as CSV
    Receipts {
        /// Its number
        id: i64,
        /// The file to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}
