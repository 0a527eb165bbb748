//! Reading cost files, as the rest of the program does it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what goes wrong in a test fails it"
)]

mod any_bytes;
mod bills;
mod commitments;
mod conformance;
mod data_exports;
mod dirty_rows;
mod focus_versions;
mod packing;
mod parquet_bills;
mod real_bills;
mod reports;
mod scenarios;
mod sets;
mod threads;
mod whole_bills;
