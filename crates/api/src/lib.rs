//! The one door: an axum `Router` that the window, the browser, the command line and other
//! programs all go through.
//!
//! A route says in its handler's first argument who may use it; one that does not, does not
//! compile. Wire types are built from domain values by taking them apart, so that a new field is
//! a compile error here. Every refusal is `application/problem+json`.
//!
//! Invariants: no figure is computed here; amounts are decimal strings; nothing listens unless
//! [`listen`] is called, and then on 127.0.0.1 only; no answer carries a cause or a secret.

#![expect(
    unused_qualifications,
    reason = "the macros of utoipa qualify what they name"
)]

mod alerts;
mod anomalies;
mod athena;
mod band;
mod budgets;
mod buyers;
mod care;
mod channels;
mod charges;
mod clients;
mod connections;
mod costs;
mod deliveries;
mod door;
mod einvoice;
mod events;
mod exchange_rates;
mod exports;
mod forecast;
mod guard;
mod imports;
mod in_process;
mod input;
mod interface;
mod invoices;
mod jobs;
mod letterhead;
mod loopback;
mod overview;
mod owners;
mod parties;
mod passing;
mod people;
mod periods;
mod price_books;
mod problem;
mod quarantine;
mod query;
mod reconciliation;
mod reports;
mod resources;
mod rules;
mod schedules;
mod session;
mod settings;
mod sharing;
mod sources;
mod statement;
mod syncs;
mod tables;
mod tax_rules;
mod taxes;
mod teams;
mod tenants;
mod values;
mod why;
mod wire;

pub use door::{Door, openapi, router};
pub use guard::{Caller, demanded};
pub use in_process::{Answer, InProcess, LocalFile, LocalFiles, Saved};
pub use loopback::{StartToken, listen, serve};
pub use problem::Problem;
