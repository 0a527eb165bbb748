//! What we ask AWS and tell AWS. One module a service.
//!
//! AWS is one value, an [`aws_config::SdkConfig`]: the real one from [`connect`], or the sandbox's.
//! No trait stands between this room and the SDK; faults are injected beneath it.
//!
//! Invariants: SDK types stay inside, bar the one `SdkConfig`; what comes out is the ledger's. Asks
//! nobody for the time. Nothing is retried here: the SDK does that.

mod access;
pub mod athena;
pub mod budgets;
pub mod cost_explorer;
mod error;
pub mod exports;
mod identity;
mod invoicing;
mod pace;
mod skew;
mod staging;
pub mod tenants;

pub use access::{Access, assume, connect};
pub use error::AwsError;
pub use identity::{Identity, identity};
pub use invoicing::{InvoiceKind, ProviderInvoice, invoices};
pub use staging::{OnBytes, Staging, mark};
