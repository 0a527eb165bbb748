//! The real Cost Explorer client against the company's bill.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod answers;
mod ask;
mod sums;
#[path = "../support/mod.rs"]
mod support;
mod time;
