//! Forecasts and anomalies: pure functions on daily series.
//!
//! Invariants: no I/O, no clock, no random number; the same series gives the same answer. Money comes in and
//! money goes out; the floats between them never leave this room. Uses `ledger` only.
#![expect(
    clippy::float_arithmetic,
    reason = "statistics; amounts enter and leave as exact money, rounded at the border"
)]

pub mod anomaly;
mod border;
mod calendar;
mod forecast;
mod series;
mod statistics;

pub use forecast::{
    Backtest, Band, Forecast, ForecastDay, Method, PerMille, Reason, Scheduled, ScheduledKind,
    Trial, forecast, recurring, try_methods,
};
pub use series::{Series, SeriesError};
