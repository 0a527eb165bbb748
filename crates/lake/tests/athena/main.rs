//! The roll-up as SQL gives the figures of the pass over files: DuckDB runs it over the same rows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod figures;
mod oracle;
mod statements;
