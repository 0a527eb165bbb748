//! Seasonal-trend decomposition by loess: weekdays that change with time, and the level without them.
//!
//! Cleveland, Cleveland, McRae & Terpenning (1990), the inner loop twice, with one round of robustness.

use crate::statistics::median;

/// A week.
const SEASON: usize = 7;
/// Weeks over which a weekday is smoothed.
const SEASONAL_WINDOW: usize = 11;
/// Days over which the trend is smoothed.
const TREND_WINDOW: usize = 21;

/// The level without weekdays, and the last week's effects.
pub(super) struct Parts {
    pub level: Vec<f64>,
    pub last_week: [f64; SEASON],
}

/// Takes `values` apart; `None` if there are too few.
pub(super) fn decomposed(values: &[f64]) -> Option<Parts> {
    let count = values.len();
    if count < 4 * SEASON {
        return None;
    }
    let mut trend = vec![0.0; count];
    let mut seasonal = vec![0.0; count];
    let mut weights = vec![1.0; count];
    for round in 0..2 {
        for _ in 0..2 {
            seasonal = season_of(values, &trend, &weights);
            let without: Vec<f64> = values.iter().zip(&seasonal).map(|(v, s)| v - s).collect();
            trend = loess(&without, &weights, TREND_WINDOW);
        }
        if round == 0 {
            weights = robustness(values, &trend, &seasonal);
        }
    }
    let mut last_week = [0.0; SEASON];
    last_week.copy_from_slice(&seasonal[count - SEASON..]);
    let level = values.iter().zip(&seasonal).map(|(v, s)| v - s).collect();
    Some(Parts { level, last_week })
}

/// The seasonal part: each weekday smoothed over the weeks, less what of it is level.
fn season_of(values: &[f64], trend: &[f64], weights: &[f64]) -> Vec<f64> {
    let count = values.len();
    // One week more on either side, so that the low pass reaches both ends.
    let mut cycles = vec![0.0; count + 2 * SEASON];
    for weekday in 0..SEASON {
        let places: Vec<usize> = (weekday..count).step_by(SEASON).collect();
        let detrended: Vec<f64> = places.iter().map(|at| values[*at] - trend[*at]).collect();
        let kept: Vec<f64> = places.iter().map(|at| weights[*at]).collect();
        let smooth = loess(&detrended, &kept, SEASONAL_WINDOW);
        for (at, value) in places.iter().zip(&smooth) {
            cycles[at + SEASON] = *value;
        }
        cycles[weekday] = smooth[0];
        let last = places[places.len() - 1];
        cycles[last + 2 * SEASON] = smooth[smooth.len() - 1];
    }
    let low = moving_mean(&moving_mean(&moving_mean(&cycles, SEASON), SEASON), 3);
    let low = loess(&low, &vec![1.0; low.len()], SEASON);
    (0..count).map(|at| cycles[at + SEASON] - low[at]).collect()
}

/// Less weight for what lies far from the rest.
fn robustness(values: &[f64], trend: &[f64], seasonal: &[f64]) -> Vec<f64> {
    let rests: Vec<f64> = (0..values.len())
        .map(|at| (values[at] - trend[at] - seasonal[at]).abs())
        .collect();
    let far = 6.0 * median(&mut rests.clone());
    rests
        .iter()
        .map(|rest| {
            if far > 0.0 {
                let part = (rest / far).min(1.0);
                (1.0 - part * part).powi(2).max(1e-6)
            } else {
                1.0
            }
        })
        .collect()
}

fn moving_mean(values: &[f64], width: usize) -> Vec<f64> {
    let windows = values.windows(width);
    windows
        .map(|window| window.iter().sum::<f64>() / width as f64)
        .collect()
}

/// Local straight lines with tricube weights.
fn loess(values: &[f64], weights: &[f64], window: usize) -> Vec<f64> {
    let count = values.len();
    let width = window.min(count);
    (0..count)
        .map(|at| {
            let from = at.saturating_sub(width / 2).min(count - width);
            let reach = (at - from).max(from + width - 1 - at) as f64 + 1.0;
            let (mut sum, mut first, mut second, mut value, mut product) =
                (0.0, 0.0, 0.0, 0.0, 0.0);
            for near in from..from + width {
                let distance = near as f64 - at as f64;
                let part = (distance / reach).abs();
                let weight = (1.0 - part * part * part).powi(3) * weights[near];
                sum += weight;
                first += weight * distance;
                second += weight * distance * distance;
                value += weight * values[near];
                product += weight * distance * values[near];
            }
            let spread = sum * second - first * first;
            if spread.abs() > 1e-9 * sum * sum {
                (second * value - first * product) / spread
            } else {
                value / sum
            }
        })
        .collect()
}
