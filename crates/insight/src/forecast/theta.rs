//! The theta method: exponential smoothing plus half of the long trend.
//!
//! Assimakopoulos & Nikolopoulos (2000), in the form that Hyndman & Billah (2003) showed it to have.

use super::smoothing;

/// The days after `values`, which are freed of their season.
pub(super) fn predict(values: &[f64], horizon: usize) -> Vec<f64> {
    let (level, alpha) = smoothing::level(values);
    let drift = slope(values) / 2.0;
    let count = values.len() as f64;
    let ahead = (1.0 - (1.0 - alpha).powf(count)) / alpha;
    (0..horizon)
        .map(|at| level + drift * (at as f64 + ahead))
        .collect()
}

/// The slope of the straight line that fits best.
fn slope(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    if count < 2.0 {
        return 0.0;
    }
    let middle = (count - 1.0) / 2.0;
    let mean = crate::statistics::mean(values);
    let (mut together, mut alone) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let distance = at as f64 - middle;
        together += distance * (value - mean);
        alone += distance * distance;
    }
    together / alone
}
