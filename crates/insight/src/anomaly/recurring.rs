//! What comes back: on the same days of each month, or on the same weekday.

use super::days::Days;

/// How unusual a day of a month before must have been, in noise, to explain a day of this month.
const REMARKABLE: f64 = 3.0;
/// How much larger than then it may be now.
const LARGER: f64 = 1.5;

/// How far off each day was, as a part of the level, and in units of noise.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Off {
    pub part: f64,
    pub noises: f64,
}

/// Whether a day that is off by `off` is as the same days of months or weeks before were. What comes every
/// month came in the last one; what comes every quarter came three months ago.
pub(super) fn recurs(days: &Days, at: usize, off: f64, noise: f64, before: &[Off]) -> bool {
    let larger = LARGER + 2.0 * noise;
    let alike = |then: Off| {
        then.part * off > 0.0
            && then.noises.abs() >= REMARKABLE
            && off.abs() <= larger * then.part.abs()
    };
    let in_month = |back| {
        let mut found = false;
        days.same_of_month_before(at, back, |then| found |= alike(before[then]));
        found
    };
    // A new habit of a weekday takes weeks to be learnt; after two of them it is no news.
    let of_weeks = || at >= 14 && alike(before[at - 7]) && alike(before[at - 14]);
    // Where the last month says nothing, the one before it does.
    let silent = |back| {
        let mut silent = true;
        days.same_of_month_before(at, back, |then| silent &= before[then].noises == 0.0);
        silent
    };
    in_month(1) || in_month(3) || (in_month(2) && silent(1)) || of_weeks()
}

/// The same for a series that mostly costs nothing, by amounts.
pub(super) fn recurs_in(days: &Days, at: usize, amount: f64, amounts: &[f64]) -> bool {
    let mut found = false;
    for back in 1..=3 {
        days.same_of_month_before(at, back, |then| found |= amount <= LARGER * amounts[then]);
    }
    found
}
