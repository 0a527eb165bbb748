//! The engine and the sandbox's S3, which holds every checksum and condition: what arrives, what does not,
//! and what is said.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may stop where it stands"
)]

mod clashes;
mod desk;
mod fetched;
mod looked_at;
mod resumed;
mod sent;
