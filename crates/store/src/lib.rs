//! The workspace file: encrypted SQLite, its migrations and its typed queries.
//!
//! Invariants: the only room that knows SQL; parameters only, never a query built from a caller's
//! text. One writer, several readers, off the async threads; a write is one transaction and reads
//! see one state. Amounts are whole nano-units and are summed in two parts, so that no sum can
//! overflow. No clock, no randomness, no environment: the caller brings them.

mod access;
mod audit;
mod connection;
mod data_key;
mod error;
mod jobs;
pub mod keys;
mod migrations;
mod settings;
mod store;
mod threads;

pub use access::{Reads, Writes};
pub use audit::{AuditBreak, AuditHead, AuditLine, AuditRecord};
pub use data_key::DataKey;
pub use error::StoreError;
pub use jobs::{Job, JobId, JobState};
pub use settings::{Settings, Workspace};
pub use store::{NewWorkspace, Store};
