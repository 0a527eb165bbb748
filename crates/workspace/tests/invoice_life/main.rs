//! The life of an invoice after it is drafted: approved, issued, paid, credited, replaced, proven.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

#[path = "../scene/mod.rs"]
mod scene;

mod account;
mod attached;
mod billing;
mod clients;
mod credited;
mod desk;
mod electronic;
mod exchanged;
mod eyes;
mod older;
mod parallel;
mod proven;
mod restated;
mod terms;
