//! What a weekday costs more or less than the week around it.

use crate::calendar::Day;
use crate::statistics::{mean, running_median};

/// Weeks looked at: what a weekday was half a year ago says little.
const WEEKS: usize = 20;

/// The effect of each weekday.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weekly {
    /// By weekday: a factor, or an amount to add.
    effect: [f64; 7],
    /// Whether effects are factors.
    factors: bool,
}

impl Weekly {
    /// The weekdays of the last weeks of `values`. An effect that days of one weekday do not agree on is
    /// shrunk accordingly (James and Stein).
    pub fn of(days: &[Day], values: &[f64]) -> Self {
        let first = values.len().saturating_sub(WEEKS * 7);
        let (days, values) = (&days[first..values.len()], &values[first..]);
        let level = running_median(values, 15);
        let largest = level.iter().copied().fold(0.0, f64::max);
        let lowest = level.iter().copied().fold(f64::INFINITY, f64::min);
        // A factor of next to nothing is meaningless.
        let factors = lowest > 0.02 * largest && values.iter().all(|value| *value >= 0.0);
        let neutral = if factors { 1.0 } else { 0.0 };
        let mut by_weekday: [Vec<f64>; 7] = Default::default();
        for ((day, value), level) in days.iter().zip(values).zip(&level) {
            let effect = if factors {
                value / level
            } else {
                value - level
            };
            by_weekday[day.weekday].push(effect);
        }
        let mut effect = [neutral; 7];
        let mut noise = 0.0;
        for (weekday, found) in by_weekday.iter_mut().enumerate() {
            if found.is_empty() {
                continue;
            }
            let (middle, error) = trimmed_mean(found);
            effect[weekday] = middle;
            noise += error / 7.0;
        }
        let centre = mean(&effect);
        let between = effect.iter().map(|e| (e - centre).powi(2)).sum::<f64>() / 6.0;
        let kept = if between > 0.0 {
            (1.0 - noise / between).max(0.0)
        } else {
            0.0
        };
        for effect in &mut effect {
            *effect = if factors && centre > 0.0 {
                1.0 + (*effect / centre - 1.0) * kept
            } else {
                neutral + (*effect - centre) * kept
            };
        }
        Self { effect, factors }
    }

    /// `value` freed of its weekday.
    pub fn without(&self, day: Day, value: f64) -> f64 {
        let effect = self.effect[day.weekday];
        if !self.factors {
            value - effect
        } else if effect > 0.01 {
            value / effect
        } else {
            value
        }
    }

    /// `level` on this weekday.
    pub fn with(&self, day: Day, level: f64) -> f64 {
        let effect = self.effect[day.weekday];
        if self.factors {
            level * effect
        } else {
            level + effect
        }
    }
}

/// The mean without the outer fifth on either side, and the variance of that mean.
fn trimmed_mean(values: &mut [f64]) -> (f64, f64) {
    crate::statistics::sort(values);
    let cut = values.len() / 5;
    let kept = &values[cut..values.len() - cut];
    let middle = mean(kept);
    // Winsorized: what is cut counts as the outermost that is kept.
    let low = kept.first().copied().unwrap_or(middle);
    let high = kept.last().copied().unwrap_or(middle);
    let count = values.len() as f64;
    let variance = values
        .iter()
        .map(|value| (value.clamp(low, high) - middle).powi(2))
        .sum::<f64>()
        / (count - 1.0).max(1.0);
    let share = kept.len() as f64 / count;
    (middle, variance / (share * share * count))
}
