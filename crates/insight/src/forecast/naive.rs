//! Each day as the same weekday of last week: what every other method must beat.

/// The length of the season.
const WEEK: usize = 7;

/// The last week over and over.
pub(super) fn predict(values: &[f64], horizon: usize) -> Vec<f64> {
    let week = &values[values.len().saturating_sub(WEEK)..];
    week.iter().copied().cycle().take(horizon).collect()
}

/// The mean error of saying each known day as the one a week before: the unit of MASE.
pub(super) fn mean_error(values: &[f64]) -> f64 {
    let errors = values.iter().zip(values.iter().skip(WEEK));
    let count = values.len().saturating_sub(WEEK).max(1);
    errors
        .map(|(before, day)| (day - before).abs())
        .sum::<f64>()
        / count as f64
}
