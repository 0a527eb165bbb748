//! The use cases: one file a capability. Each joins the rooms below and demands a
//! [`Grant`] that only somebody signed in can have.
//!
//! Invariants: a change and its line in the audit trail are one transaction; no SQL, no wire format, no
//! clock, no environment; blocking work stays off the async threads.

mod access;
mod context;
mod error;

pub use access::{Grant, Refused, SignedIn};
pub use context::{AwsSource, Clock, Context, Random};
pub use error::{ErrorKind, WorkspaceError};
