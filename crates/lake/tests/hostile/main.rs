//! Files that are made to do harm, or merely broken: each is read or refused within seconds and
//! within bounds, in words that fit a screen.
//!
//! The short form of what `cargo xtask soak fuzz` does with libFuzzer: its kept corpus, and inputs
//! made from it by small changes, the same ones every time.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "what goes wrong in a test fails it; how long a test runs, its environment says"
)]

mod bad_input;
mod corpus;
mod mutated;
