use std::path::PathBuf;

use tallyport_ledger::transfer::{OnClash, TransferPriority, TransferState};
use tallyport_store::Transfer;

use crate::Problem;

/// Where in a bucket files go to, or come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The bucket.
    pub bucket: String,
    /// Nothing, or a prefix that ends with a slash.
    pub prefix: String,
    /// The bucket's region, if it is not that of the configuration.
    pub region: Option<String>,
    /// The key of KMS to encrypt with; the bucket's own where nothing is said.
    pub key_id: Option<String>,
}

/// Files and folders that are to go into a bucket.
#[derive(Debug, Clone)]
pub struct UploadAsk {
    /// What it is, in words.
    pub title: String,
    /// Whose it is, in the words of whoever asks.
    pub scope: String,
    /// Who asks.
    pub by: String,
    /// Absolute paths. A folder goes with its name.
    pub sources: Vec<PathBuf>,
    /// Where to.
    pub to: Target,
    /// What is done where something else is in the way.
    pub on_clash: OnClash,
    /// Whose turn it is.
    pub priority: TransferPriority,
    /// Its own limit, in bytes per second.
    pub limit: Option<u64>,
}

/// Something in a bucket that is to come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The object with this key.
    File(String),
    /// Everything below this prefix, which ends with a slash.
    Folder(String),
}

/// Objects that are to come to this computer.
#[derive(Debug, Clone)]
pub struct DownloadAsk {
    /// What it is, in words.
    pub title: String,
    /// Whose it is, in the words of whoever asks.
    pub scope: String,
    /// Who asks.
    pub by: String,
    /// Where from: nothing outside its prefix is fetched.
    pub from: Target,
    /// What.
    pub wanted: Vec<Wanted>,
    /// The folder that it comes into; made if it is not there.
    pub into: PathBuf,
    /// What is done where something else is in the way.
    pub on_clash: OnClash,
    /// Whose turn it is.
    pub priority: TransferPriority,
    /// Its own limit, in bytes per second.
    pub limit: Option<u64>,
}

/// How a run of a transfer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How the transfer stands. Paused: there is more to do when the reason is gone.
    pub state: TransferState,
    /// Files known.
    pub files: u64,
    /// Files that arrived.
    pub files_done: u64,
    /// Files that did not.
    pub files_failed: u64,
    /// Files left out.
    pub files_skipped: u64,
    /// Files that wait for an answer.
    pub clashes: u64,
    /// Bytes that arrived.
    pub bytes: u64,
    /// Why it stopped before everything was done.
    pub reason: Option<Problem>,
}

impl Ended {
    pub(crate) fn of(transfer: &Transfer, reason: Option<Problem>) -> Self {
        Self {
            state: transfer.state,
            files: transfer.files,
            files_done: transfer.done,
            files_failed: transfer.failed,
            files_skipped: transfer.left_out,
            clashes: transfer.clashes,
            bytes: transfer.done_bytes,
            reason,
        }
    }
}
