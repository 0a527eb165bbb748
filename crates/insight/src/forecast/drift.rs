//! The level goes on as it went these weeks: a line through the middles of weeks, robust against each.

use super::smoothing;
use crate::statistics::median;

/// Weeks that the line is laid through.
const WEEKS: usize = 13;

/// The days after `values`, which are freed of their season; `kept` is how much of the slope is believed.
pub(super) fn predict(values: &[f64], horizon: usize, kept: f64) -> Vec<f64> {
    let slope = kept * slope(values, WEEKS).unwrap_or(0.0);
    let count = values.len() as f64;
    let flat: Vec<f64> = values
        .iter()
        .enumerate()
        .map(|(at, value)| value + slope * (count - 1.0 - at as f64))
        .collect();
    let flat = &flat[flat.len().saturating_sub(WEEKS * 14)..];
    let (level, _) = smoothing::lasting_level(flat);
    (1..=horizon)
        .map(|ahead| level + slope * damped(ahead as f64))
        .collect()
}

/// A trend does not go on for ever: each day keeps 99 of a hundred of it.
fn damped(ahead: f64) -> f64 {
    (1.0 - 0.99_f64.powf(ahead)) / 0.01
}

/// What a day rises by over the last `most` weeks: the middle of the slopes between all pairs of them (Theil and
/// Sen); `None` where there are fewer than four.
pub(super) fn slope(values: &[f64], most: usize) -> Option<f64> {
    let weeks: Vec<f64> = values
        .rchunks_exact(7)
        .take(most)
        .map(|week| median(&mut week.to_vec()))
        .collect();
    if weeks.len() < 4 {
        return None;
    }
    let mut slopes = Vec::with_capacity(weeks.len() * weeks.len() / 2);
    for (at, later) in weeks.iter().enumerate() {
        for (between, earlier) in weeks[at + 1..].iter().enumerate() {
            slopes.push((later - earlier) / (7.0 * (between as f64 + 1.0)));
        }
    }
    Some(median(&mut slopes))
}
