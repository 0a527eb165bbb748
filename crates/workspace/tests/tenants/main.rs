//! Tenants, against the sandbox: set up whole or not at all, their users let in or not, their files proven.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod desk;
mod files;
mod limits;
mod moving_in;
#[path = "../scene/mod.rs"]
mod scene;
mod users;
