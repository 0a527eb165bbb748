//! A series as numbers: from its first cost on, gaps filled and marked.

use jiff::civil::Date;
use tallyport_ledger::Money;

use crate::border::units;
use crate::series::Series;
use crate::statistics::median;

/// Days that a forecast needs: four weeks tell weekdays apart and leave something to test on.
pub(crate) const LEAST_DAYS: usize = 28;
/// Days that are looked at: two years and a quarter, so that last year's weeks can be compared.
const MOST_DAYS: usize = 821;
/// A gap longer than this cuts off what lies before it.
const LONG_GAP: usize = 62;

/// The numbers of a series.
pub(crate) struct Known {
    pub first_day: Date,
    pub values: Vec<f64>,
    /// Whether a value was known, not filled in.
    pub was_known: Vec<bool>,
}

/// The numbers of `series`; days of nothing before its first cost are left out. `None` if not one day is
/// known.
pub(crate) fn known(series: &Series) -> Option<Known> {
    let amounts = series.amounts();
    let first = amounts.len().saturating_sub(MOST_DAYS);
    let cost = |amount: &Option<Money>| amount.is_some_and(|amount| !amount.is_zero());
    let first = match amounts[first..].iter().position(cost) {
        Some(at) => first + at,
        None => first + amounts[first..].iter().position(Option::is_some)?,
    };
    let first = after_long_gap(amounts, first);
    let was_known: Vec<bool> = amounts[first..].iter().map(Option::is_some).collect();
    let mut values: Vec<f64> = amounts[first..]
        .iter()
        .map(|amount| amount.map_or(0.0, units))
        .collect();
    fill(&mut values, &was_known);
    Some(Known {
        first_day: series.day(first),
        values,
        was_known,
    })
}

/// The first day after the last long gap, if enough days follow; else `first`.
fn after_long_gap(amounts: &[Option<Money>], first: usize) -> usize {
    let (mut begins, mut missing) = (first, 0);
    for (at, amount) in amounts.iter().enumerate().skip(first) {
        if amount.is_none() {
            missing += 1;
            continue;
        }
        if missing > LONG_GAP && amounts.len() - at >= LEAST_DAYS {
            begins = at;
        }
        missing = 0;
    }
    begins
}

/// Fills what is not known with the middle of the same weekday nearby.
fn fill(values: &mut [f64], was_known: &[bool]) {
    let gaps: Vec<usize> = (0..values.len()).filter(|at| !was_known[*at]).collect();
    for at in gaps {
        let week = |near: usize, far: usize| {
            (near..=far).flat_map(|weeks| {
                let before = at.checked_sub(weeks * 7);
                let after = (at + weeks * 7 < was_known.len()).then_some(at + weeks * 7);
                [before, after]
            })
        };
        let known = |places: &mut dyn Iterator<Item = Option<usize>>| -> Vec<f64> {
            let places = places.flatten().filter(|place| was_known[*place]);
            places.map(|place| values[place]).collect()
        };
        let mut near = known(&mut week(1, 4));
        if near.is_empty() {
            near = known(&mut week(5, values.len() / 7 + 1));
        }
        values[at] = median(&mut near);
    }
}
