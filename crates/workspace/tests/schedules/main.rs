//! What is done by itself: at its time, once, whatever the clock does and however many programs look.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod desk;
mod drafts;
mod runs;
#[path = "../scene/mod.rs"]
mod scene;
mod times;
mod work;
