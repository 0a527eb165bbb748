//! From a bill to who owes what: import, versions, rules, questions; on real files and real SQLite.

#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]

mod bench;
mod doors;
mod imports;
mod injection;
mod ownership;
mod questions;
mod random;
mod versions;
