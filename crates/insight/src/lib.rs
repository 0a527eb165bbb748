//! Forecasts and anomalies: pure functions on daily series.
//!
//! Invariants: no I/O, no clock, no random number; the same series gives the same answer. Money comes in and
//! money goes out; the floats between them never leave this room. Uses `ledger` only.
