//! Price books: what cost is charged at, to the nano, in whatever order it comes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod charging;
mod clear;
mod made;
mod properties;
