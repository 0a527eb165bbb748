//! A series taken apart: weekdays, charges of certain days of the month, single spikes, and the level that
//! is left.

use super::months::Months;
use super::weekly::Weekly;
use crate::calendar::Day;
use crate::statistics::{mean, running_median, spread};

/// Spikes beyond so many times the usual distance are cut to it.
const SPIKE: f64 = 3.5;
/// Days that say how large the usual distance is.
const LATELY: usize = 182;

/// A series taken apart.
pub(super) struct Prepared {
    weekly: Weekly,
    months: Months,
    /// Day by day what is left.
    pub level: Vec<f64>,
    /// The same with its spikes.
    pub with_spikes: Vec<f64>,
}

impl Prepared {
    /// Takes `values` apart.
    pub fn of(days: &[Day], values: &[f64]) -> Self {
        let weekly = Weekly::of(days, values);
        // Weekends would pull the middle of fifteen days to one side.
        let freed: Vec<f64> = (0..values.len())
            .map(|at| weekly.without(days[at], values[at]))
            .collect();
        let level = running_median(&freed, 15);
        let usual = |at: usize| weekly.with(days[at], level[at]);
        let mut rests: Vec<f64> = (0..values.len()).map(|at| values[at] - usual(at)).collect();
        let lately = rests.len().saturating_sub(LATELY);
        let typical = mean(&level[lately..]).abs();
        // Nothing is exact to a thousandth.
        let noise = spread(&rests[lately..], 0.0).max(typical * 1e-3);
        let months = Months::of(days, &level, &mut rests, noise);
        let with_spikes = (0..values.len())
            .map(|at| weekly.without(days[at], usual(at) + rests[at]))
            .collect();
        let level = (0..values.len())
            .map(|at| {
                let rest = rests[at].clamp(-SPIKE * noise, SPIKE * noise);
                weekly.without(days[at], usual(at) + rest)
            })
            .collect();
        Self {
            weekly,
            months,
            level,
            with_spikes,
        }
    }

    /// Puts together what days cost whose level is `levels`.
    pub fn together(&self, days: &[Day], levels: &[f64]) -> Vec<f64> {
        days.iter()
            .zip(levels)
            .map(|(day, level)| self.weekly.with(*day, *level) + self.months.on(*day, *level))
            .collect()
    }
}
