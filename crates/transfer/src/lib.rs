//! Files to and from buckets: written down before they move, resumed after whatever ended them, and proven
//! to have arrived.
//!
//! An [`Engine`] works on the journal in the workspace file. [`Engine::begin_upload`] only writes down what is
//! to be done; [`Engine::run`] does it, or what is left of it, and may be called again after a crash, a pause or
//! credentials that ran out. Files are found, read and sent at the same time, so that a folder of a million
//! files begins at once and is never held.
//!
//! A file counts as arrived when the store has confirmed the checksum (CRC-64/NVME of the whole) that was taken
//! here of the bytes as they were read; only that moves progress, and only that becomes a
//! [`Receipt`](tallyport_store::Receipt). Nothing is replaced that was not seen and asked about.
//!
//! Invariants: no SDK type in its face but the one `SdkConfig`. Never holds a file, nor a list of files. Never
//! follows a link, never writes outside the folder or the prefix that was named. Asks nobody for the time or
//! for randomness. Leaves no upload in parts behind.

mod ask;
mod body;
mod buffers;
mod digest;
mod download;
mod engine;
mod journal;
mod lanes;
mod limits;
mod names;
mod plan;
mod preflight;
mod problem;
mod progress;
mod recheck;
mod run;
mod source;
mod upload;
mod walk;
mod walking;
mod wire;

use std::sync::Arc;

use jiff::Timestamp;

pub use ask::{DownloadAsk, Ended, Target, UploadAsk, Wanted};
pub use engine::Engine;
pub use plan::LARGEST_FILE;
pub use preflight::{Clash, Finding, Landing, Preflight, Weight, preflight};
pub use problem::{Problem, TransferError};
pub use progress::Progress;
pub use recheck::{Recheck, Rechecker};

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Where random bytes come from.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;
