//! Uploads attacked: by an S3 that fails, a line that breaks, `kill -9`, and hostile names.
//!
//! The uploader is a program of its own (`examples/send.rs`), started as often as it takes. The
//! counts of the short forms are raised by the variables that each file names.
#![cfg(unix)]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking; the clock and the counts come from outside"
)]

mod answers;
mod cuts;
mod kills;
mod many;
mod names;
mod slowed;
mod stage;
