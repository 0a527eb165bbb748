//! Tenants, set up at the sandbox with the real SDK: every step, again and again, and back.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod activity;
mod files;
mod isolation;
mod office;
mod steps;
mod users;
