//! Budgets from the bill to the notice.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod ahead;
mod desk;
mod lists;
#[path = "../scene/mod.rs"]
mod scene;
mod sums;
mod telling;
