//! The door from outside: every route, every role, every refusal.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and it stands at the top of the program"
)]

mod changes;
mod channels;
mod document;
mod events;
mod formulas;
mod imports;
mod injection;
mod invoices;
mod loopback;
mod paper;
mod price_books;
mod problems;
mod roles;
mod sharing;
mod stage;
mod tables;
mod truth;
