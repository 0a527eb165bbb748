//! The real S3 client against the folder: whole bodies, every checksum, nothing in part.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod desk;
mod failures;
mod objects;
#[path = "../support/mod.rs"]
mod support;
mod uploads;
