//! The command line from outside: the built program, a real workspace file, the real sandbox.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a journey that cannot go on has failed, and it stands at the top of the program"
)]

mod anomalies;
mod budgets;
mod care;
mod channels;
mod closing;
#[cfg(unix)]
mod disk;
mod documents;
mod doors;
#[path = "../../../tests/oracle/python.rs"]
mod environment;
mod exit_codes;
mod exports;
mod figures;
mod forecast;
mod imports;
mod invoices;
mod kills;
mod mailbox;
mod owners;
mod paper;
mod pricebook;
mod restated;
mod sandbox;
mod schedules;
mod stage;
mod tables;
mod terms;
#[cfg(unix)]
mod transfers;
