//! The command line from outside: the built program, a real workspace file, the real sandbox.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

mod care;
mod documents;
mod doors;
mod exit_codes;
mod figures;
mod imports;
mod invoices;
mod kills;
mod owners;
mod sandbox;
mod stage;
