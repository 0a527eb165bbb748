//! Charges that certain days of each month have: the first, the last working day, the fifteenth.

use crate::calendar::{Day, PLACES, Place};
use crate::statistics::{mean, median};

/// Places that one series has at most.
const MOST_PLACES: usize = 6;
/// Months that must agree.
const LEAST_MONTHS: usize = 3;
/// Days that are looked at.
const LOOKED_AT: usize = 400;
/// How many of the latest months say how much.
const RECENT: usize = 3;

/// What days of the month cost beside what each day costs.
#[derive(Debug, Clone, Default)]
pub(super) struct Months {
    effects: Vec<Effect>,
}

#[derive(Debug, Clone, Copy)]
struct Effect {
    place: Place,
    /// An amount, or a multiple of a day's level.
    size: f64,
    of_level: bool,
}

impl Months {
    /// The places whose days stand out in most months. `rests` are what days cost beyond their level and
    /// weekday, `noise` how far ordinary days lie from nothing. What a place explains is taken off.
    pub fn of(days: &[Day], levels: &[f64], rests: &mut [f64], noise: f64) -> Self {
        let first = rests.len().saturating_sub(LOOKED_AT);
        let mut months = Self::default();
        let mut left: Vec<(Place, Vec<usize>)> = PLACES
            .iter()
            .map(|place| {
                let held = (first..rests.len()).filter(|at| place.holds(days[*at]));
                (*place, held.collect())
            })
            .filter(|(_, places): &(Place, Vec<usize>)| places.len() >= LEAST_MONTHS)
            .collect();
        while months.effects.len() < MOST_PLACES {
            let strongest = left
                .iter()
                .enumerate()
                .filter_map(|(at, (_, places))| Some((at, strength(rests, places, noise)?)))
                .max_by(|one, other| one.1.total_cmp(&other.1));
            let Some((at, _)) = strongest else { break };
            let (place, places) = left.swap_remove(at);
            let effect = Effect::of(place, &places, levels, rests);
            for at in places {
                rests[at] -= effect.on(levels[at]);
            }
            months.effects.push(effect);
        }
        months
    }

    /// What `day` costs beside `level`.
    pub fn on(&self, day: Day, level: f64) -> f64 {
        let held = self.effects.iter().filter(|effect| effect.place.holds(day));
        held.map(|effect| effect.on(level)).sum()
    }
}

/// How far the days of a place stand out; `None` if they do not, or not in most months.
fn strength(rests: &[f64], places: &[usize], noise: f64) -> Option<f64> {
    let mut found: Vec<f64> = places.iter().map(|at| rests[*at]).collect();
    let count = found.len() as f64;
    // A charge that came lately counts from its third month on.
    let lately: Vec<f64> = found.iter().rev().take(RECENT).copied().collect();
    let middle = median(&mut found);
    let agreeing = |of: &[f64], middle: f64| {
        let same = of
            .iter()
            .filter(|rest| **rest * middle.signum() > middle.abs() / 3.0);
        same.count() as f64 / of.len() as f64
    };
    let stands_out = middle.abs() > 2.0 * noise
        && agreeing(&found, middle) >= 0.75
        && agreeing(&lately, middle) > 0.6;
    if stands_out {
        return Some(middle.abs() / noise.max(1e-12) * count.sqrt());
    }
    let least = lately
        .iter()
        .map(|rest| rest.abs())
        .fold(f64::INFINITY, f64::min);
    let middle = median(&mut lately.clone());
    (least > 6.0 * noise && agreeing(&lately, middle) > 0.99)
        .then(|| least / noise.max(1e-12) * (RECENT as f64).sqrt())
}

impl Effect {
    fn of(place: Place, places: &[usize], levels: &[f64], rests: &[f64]) -> Self {
        let amounts: Vec<f64> = places.iter().map(|at| rests[*at]).collect();
        let multiples: Vec<f64> = places
            .iter()
            .map(|at| rests[*at] / levels[*at].max(1e-9))
            .collect();
        let of_level = variation(&multiples) < variation(&amounts);
        let sizes = if of_level { multiples } else { amounts };
        let mut latest: Vec<f64> = sizes.iter().rev().take(RECENT).copied().collect();
        Self {
            place,
            size: median(&mut latest),
            of_level,
        }
    }

    fn on(self, level: f64) -> f64 {
        if self.of_level {
            self.size * level
        } else {
            self.size
        }
    }
}

/// The middle distance from the middle, in parts of it.
fn variation(values: &[f64]) -> f64 {
    let centre = mean(values);
    let mut distances: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    median(&mut distances) / centre.abs().max(1e-12)
}
