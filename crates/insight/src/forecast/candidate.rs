use super::method::Method;
use super::prepared::Prepared;
use super::weekly::Weekly;
use super::{drift, naive, smoothing, theta, yearly};
use crate::calendar::Day;
use crate::statistics::mean;

/// A way to forecast, of which several may bear the name of one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Candidate {
    Naive,
    Ets,
    Theta,
    /// Freed of month days and spikes; the level stays.
    Level,
    /// The same; the level by damped trend and theta.
    Damped,
    /// The same; the level goes on as it went.
    Drift,
    /// The same; the level moves as last year.
    Year,
    /// The mean of four same weekdays.
    Weeks,
}

/// All, the simplest first: of equals the simpler wins.
pub(super) const ALL: [Candidate; 8] = [
    Candidate::Naive,
    Candidate::Weeks,
    Candidate::Level,
    Candidate::Theta,
    Candidate::Ets,
    Candidate::Damped,
    Candidate::Drift,
    Candidate::Year,
];

impl Candidate {
    pub const fn method(self) -> Method {
        match self {
            Self::Naive => Method::SeasonalNaive,
            Self::Ets => Method::Ets,
            Self::Theta => Method::Theta,
            Self::Level | Self::Damped | Self::Drift | Self::Weeks => Method::Calendar,
            Self::Year => Method::Yearly,
        }
    }
}

/// What `candidates` say of the days after `values`; `days` are those of both. A candidate that needs more
/// days says nothing.
pub(super) fn predict(
    candidates: &[Candidate],
    days: &[Day],
    values: &[f64],
    horizon: usize,
) -> Vec<Option<Vec<f64>>> {
    let ahead = &days[values.len()..values.len() + horizon];
    let mut prepared = None;
    let mut freed = None;
    let floor = if values.iter().any(|value| *value < 0.0) {
        f64::NEG_INFINITY
    } else {
        0.0
    };
    candidates
        .iter()
        .map(|candidate| {
            let found = match candidate {
                Candidate::Naive => Some(naive::predict(values, horizon)),
                Candidate::Weeks => Some(weeks(values, horizon)),
                Candidate::Ets | Candidate::Theta => {
                    let (weekly, levels) = freed.get_or_insert_with(|| freed_of(days, values));
                    let levels = match candidate {
                        Candidate::Ets => smoothing::damped_trend(levels).predict(horizon),
                        _ => theta::predict(levels, horizon),
                    };
                    let days = ahead.iter().zip(&levels);
                    Some(days.map(|(day, level)| weekly.with(*day, *level)).collect())
                }
                _ => {
                    let prepared = prepared.get_or_insert_with(|| Prepared::of(days, values));
                    let levels = levels(*candidate, &prepared.level, horizon);
                    levels.map(|levels| prepared.together(ahead, &levels))
                }
            };
            found.map(|days| days.into_iter().map(|day| day.max(floor)).collect())
        })
        .collect()
}

fn levels(candidate: Candidate, freed: &[f64], horizon: usize) -> Option<Vec<f64>> {
    match candidate {
        Candidate::Year => yearly::predict(freed, horizon),
        Candidate::Drift => Some(drift::predict(freed, horizon, 1.0)),
        Candidate::Damped => {
            let smoothed = smoothing::damped_trend(freed).predict(horizon);
            let theta = theta::predict(freed, horizon);
            let both = smoothed.iter().zip(&theta);
            Some(both.map(|(one, other)| (one + other) / 2.0).collect())
        }
        _ => Some(vec![smoothing::level(freed).0; horizon]),
    }
}

fn freed_of(days: &[Day], values: &[f64]) -> (Weekly, Vec<f64>) {
    let weekly = Weekly::of(days, values);
    let levels = days.iter().zip(values);
    let levels = levels.map(|(day, value)| weekly.without(*day, *value));
    let levels = levels.collect();
    (weekly, levels)
}

/// The mean of the last four same weekdays.
fn weeks(values: &[f64], horizon: usize) -> Vec<f64> {
    let week: Vec<f64> = (1..=7)
        .rev()
        .map(|before| {
            let same: Vec<f64> = (0..4)
                .filter_map(|weeks| values.len().checked_sub(before + weeks * 7))
                .map(|at| values[at])
                .collect();
            mean(&same)
        })
        .collect();
    week.iter().copied().cycle().take(horizon).collect()
}
