//! The same weeks a year before, for what has two of them.

use super::smoothing;
use crate::statistics::mean;

/// Fifty-two weeks: the weekday stays.
const YEAR: usize = 364;
/// Days needed before they can be told from chance.
pub(super) const LEAST_DAYS: usize = YEAR + 60;
/// Days that are averaged: the course of a year, not its days.
const WIDTH: usize = 21;

/// The days after `values`, freed of weekdays: their level, moved as last year's moved from here.
pub(super) fn predict(values: &[f64], horizon: usize) -> Option<Vec<f64>> {
    if values.len() < LEAST_DAYS {
        return None;
    }
    let (level, alpha) = smoothing::lasting_level(&values[values.len() - YEAR / 2..]);
    let around = |at: usize| {
        let from = at.saturating_sub(WIDTH / 2);
        mean(&values[from..(at + WIDTH / 2 + 1).min(values.len())])
    };
    // A slow level lags behind: compare with where last year's was as many days before.
    let lag = ((1.0 - alpha) / alpha.max(0.02)).min(28.0) as usize;
    let then = around(values.len() - 1 - YEAR - lag.min(values.len() - 1 - YEAR));
    let course = (0..horizon).map(|ahead| around(values.len() - YEAR + ahead % YEAR) - then);
    Some(course.map(|moved| level + moved).collect())
}
