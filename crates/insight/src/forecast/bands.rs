//! Bands from what the back-test was wrong by (conformal prediction): of days by how far ahead they are, of
//! sums by sums.

use tallyport_ledger::Currency;

use super::{Band, PerMille, naive};
use crate::statistics::{mean, quantile, sort};

/// Days nearby whose errors count too.
const NEAR: usize = 3;
/// Errors that say something about a band; with fewer, those of shorter sums are stretched.
const LEAST: usize = 12;
/// Neighbours in one fold and folds near each other err alike: so many errors count as one. Chosen on the
/// tuning and the report windows of `cargo xtask bench forecast`, so that 77 to 83 of a hundred days lie within the
/// 80 % band of either.
const ALIKE: f64 = 8.0;
/// How the error of a sum grows with its days: between chance (one half) and a level missed for good (one).
const GROWTH: f64 = 0.8;

/// What each fold was wrong by, actual less expected, day by day; in parts of the scale of its time.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    folds: Vec<Vec<Option<f64>>>,
    scale: f64,
}

/// What errors are told in parts of: how far days lie from the same weekday a week before, and a little of
/// what a day costs.
pub(super) fn scale(values: &[f64]) -> f64 {
    let lately = &values[values.len().saturating_sub(91)..];
    let sizes: Vec<f64> = lately.iter().map(|value| value.abs()).collect();
    naive::mean_error(lately) + 0.02 * mean(&sizes)
}

impl Errors {
    pub fn of(folds: Vec<Vec<Option<f64>>>) -> Self {
        Self { folds, scale: 1.0 }
    }

    pub fn scaled(&self, scale: f64) -> Self {
        Self {
            folds: self.folds.clone(),
            scale,
        }
    }

    /// The bands of the sum of days `first` to `last` ahead (0 is the next).
    pub fn around(&self, first: usize, last: usize, expected: f64, currency: Currency) -> Band {
        let errors = self.sorted(first, last);
        let at = |share| quantile(&errors, share);
        let bands = [0.025, 0.1, 0.9, 0.975].map(|share| widened(share, errors.len()));
        let mut ends = bands.map(at);
        // What is expected lies within its bands.
        ends[0] = ends[0].min(0.0);
        ends[1] = ends[1].min(0.0);
        ends[2] = ends[2].max(0.0);
        ends[3] = ends[3].max(0.0);
        Band::of(expected, ends, currency)
    }

    /// How likely the sum of days `first` to `last` is more than `above` over what is expected.
    pub fn chance(&self, first: usize, last: usize, above: f64) -> PerMille {
        let errors = self.sorted(first, last);
        let more = errors.len() - errors.partition_point(|error| *error <= above);
        // As many again lie beyond what was seen as one of them stands for.
        let chance = (more as f64 + 0.5) / (errors.len() as f64 + 1.0);
        PerMille((chance * 1000.0).round() as u16)
    }

    /// The errors of such sums, smallest first.
    fn sorted(&self, first: usize, last: usize) -> Vec<f64> {
        let mut errors = self.sums(first, last);
        let days = last - first + 1;
        let longest = self.folds.iter().map(Vec::len).max().unwrap_or(0);
        if errors.len() < LEAST {
            // Sums as long as there are enough of, stretched.
            let mut shorter = days.min(longest);
            while shorter > 1 {
                let from = longest.saturating_sub(shorter + NEAR).min(first);
                errors = self.sums(from, from + shorter - 1);
                if errors.len() >= LEAST {
                    break;
                }
                shorter = shorter * 3 / 4;
            }
            let stretch = (days as f64 / shorter.max(1) as f64).powf(GROWTH)
                * ((last + 1) as f64 / longest.clamp(1, last + 1) as f64).powf(GROWTH - 0.5);
            for error in &mut errors {
                *error *= stretch;
            }
        }
        for error in &mut errors {
            *error *= self.scale;
        }
        sort(&mut errors);
        errors
    }

    /// The errors of the sums of so many days, in each fold, also a few days sooner and later.
    fn sums(&self, first: usize, last: usize) -> Vec<f64> {
        let days = last - first + 1;
        let mut sums = Vec::new();
        for fold in &self.folds {
            for from in first.saturating_sub(NEAR)..=first + NEAR {
                let Some(errors) = fold.get(from..from + days) else {
                    break;
                };
                if let Some(sum) = errors.iter().copied().sum::<Option<f64>>() {
                    sums.push(sum);
                }
            }
        }
        sums
    }
}

/// The share whose quantile among so few errors covers what `share` would among all.
fn widened(share: f64, errors: usize) -> f64 {
    let alone = (errors as f64 / ALIKE).max(1.0);
    0.5 + (share - 0.5) * (alone + 1.0) / alone
}

/// How many of the days lie within the band between `tail` and what is left above it, each fold's bands made
/// of the others'.
pub(super) fn coverage(folds: &[Vec<Option<f64>>], tail: f64) -> PerMille {
    let (mut within, mut all) = (0_usize, 0_usize);
    for (at, fold) in folds.iter().enumerate() {
        let others = folds.iter().enumerate().filter(|(other, _)| *other != at);
        let others = Errors::of(others.map(|(_, errors)| errors.clone()).collect());
        // Every third day says as much as all of them.
        for ahead in (0..fold.len().min(31)).step_by(3) {
            let Some(error) = fold[ahead] else { continue };
            let sorted = others.sorted(ahead, ahead);
            let low = quantile(&sorted, widened(tail, sorted.len())).min(0.0);
            let high = quantile(&sorted, widened(1.0 - tail, sorted.len())).max(0.0);
            all += 1;
            within += usize::from(low <= error && error <= high);
        }
    }
    let share = if all == 0 {
        0.0
    } else {
        within as f64 / all as f64
    };
    PerMille((share * 1000.0).round() as u16)
}
