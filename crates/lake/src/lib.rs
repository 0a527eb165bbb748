//! Cost exports read in one streaming pass.
//!
//! A file is read, hashed and unpacked on a thread of its own and handed out in pieces, which as many
//! threads as the machine has roll up to the ledger's daily charges: memory grows with the charges,
//! not with the file. What a file is, its columns say, never its name.
//!
//! Invariants: amounts go from the text to [`tallyport_ledger::Exact`] and touch nothing else; a
//! row is taken whole or refused with its line, column and reason; a file with a refused row is
//! refused unless the caller says otherwise; no panic on input; no clock, no network, no store.
//! Uses the ledger, and no other room.

pub mod athena;
mod aws_services;
mod columns;
mod csv;
mod cut;
mod error;
pub mod export;
mod fields;
mod format;
mod hashing;
mod header;
mod manifest;
mod note;
mod parquet;
mod pass;
mod plan;
mod pool;
mod read;
mod row;
mod set;
mod shape;
mod source;
mod watch;

pub use error::{BadRow, LakeError};
pub use format::{Dialect, Format};
pub use manifest::{Manifest, ManifestError, ManifestFile, ManifestKind, partition};
pub use note::Note;
pub use read::{FileRead, Loaded, Options, Progress, read_file, read_set};
pub use set::{FileSet, SetError, sets};
