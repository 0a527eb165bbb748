//! The life of an invoice after it is drafted: approved, issued, paid, credited, replaced, proven.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

#[path = "../../../../tests/oracle/python.rs"]
mod environment;
#[path = "../scene/mod.rs"]
mod scene;
#[path = "../../../notify/tests/sending/server.rs"]
#[expect(dead_code, reason = "each test program uses a part of it")]
mod server;

mod account;
mod attached;
mod batch;
mod billing;
mod clients;
mod compared;
mod credited;
mod desk;
mod electronic;
mod exchanged;
mod eyes;
mod older;
mod parallel;
mod proven;
mod restated;
mod sent;
mod terms;
