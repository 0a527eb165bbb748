//! What an anomaly is made of: which resource, region or usage type moved, and by which share.

use tallyport_ledger::Money;

/// A part of what an anomaly is about: what it cost in its days, and what was to be expected of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<T> {
    /// Which resource, region, …
    pub of: T,
    /// What was to be expected.
    pub expected: Money,
    /// What it cost.
    pub actual: Money,
}

/// A part and what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause<T> {
    /// Which resource, region, …
    pub of: T,
    /// What it cost beyond what was expected; negative if less.
    pub amount: Money,
    /// Its percentage of all that moved the anomaly's way; negative for what went the other way.
    pub share: i64,
}

/// The parts that moved, those that moved most the anomaly's way first. Parts that moved the other way
/// come last and are not hidden. What did not move is no cause.
#[must_use]
pub fn causes<T>(parts: Vec<Part<T>>, rise: bool) -> Vec<Cause<T>> {
    let sign = if rise { 1 } else { -1 };
    let moved = |part: &Part<T>| sign * (part.actual.nanos() - part.expected.nanos());
    let all: i128 = parts.iter().map(|part| moved(part).max(0)).sum();
    let mut causes: Vec<(i128, Cause<T>)> = parts
        .into_iter()
        .filter_map(|part| {
            let moved = moved(&part);
            let amount = part.actual.minus(part.expected).ok()?;
            // Half a percent and more is one.
            let share = (moved.checked_mul(200)? / all.max(1) + moved.signum()) / 2;
            (moved != 0).then_some((
                moved,
                Cause {
                    of: part.of,
                    amount,
                    share: i64::try_from(share).ok()?,
                },
            ))
        })
        .collect();
    causes.sort_by_key(|(moved, _)| std::cmp::Reverse(*moved));
    causes.into_iter().map(|(_, cause)| cause).collect()
}
