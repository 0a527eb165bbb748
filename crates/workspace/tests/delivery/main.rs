//! Notices on their way: once each, whatever dies, hangs or moves its clock meanwhile.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod attempts;
mod choice;
mod numbers;
#[path = "../post_office/mod.rs"]
mod post_office;
#[path = "../scene/mod.rs"]
mod scene;
mod settings;
