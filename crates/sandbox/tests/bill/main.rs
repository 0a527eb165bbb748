//! The real clients of Cost Explorer, data exports, reports and invoicing against one bill.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod answers;
mod ask;
mod disagreements;
mod exports;
mod files;
mod invoices;
mod sums;
#[path = "../support/mod.rs"]
mod support;
mod time;
