use super::method::Method;
use super::prepared::Prepared;
use super::weekly::Weekly;
use super::{course, drift, naive, smoothing, stl, theta, yearly};
use crate::calendar::Day;
use crate::statistics::mean;

/// A way to forecast, of which several may bear the name of one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Candidate {
    /// The same weekday of last week.
    Naive,
    /// The mean of four same weekdays.
    Weeks,
    /// Weekdays set apart, the level with a damped trend.
    Ets,
    /// Weekdays set apart, the level by the theta method.
    Theta,
    /// Weekdays that change with time, the level with a damped trend.
    Mstl,
    /// Weekdays, month days and spikes set apart; the level stays.
    Level,
    /// The same; the level by damped trend and theta.
    Damped,
    /// The same; the level goes on half as it went.
    Half,
    /// The same; the level goes on as it went.
    Drift,
    /// The same; the level returns to that of half a year.
    Return,
    /// The same; the level moves as last year.
    Year,
    /// Weekdays and month days set apart; the level is a course with steps and spikes.
    Course,
}

/// All, the naive one first.
pub(super) const ALL: [Candidate; 12] = [
    Candidate::Naive,
    Candidate::Weeks,
    Candidate::Ets,
    Candidate::Theta,
    Candidate::Mstl,
    Candidate::Level,
    Candidate::Damped,
    Candidate::Half,
    Candidate::Drift,
    Candidate::Return,
    Candidate::Year,
    Candidate::Course,
];

/// Days after which a level that returns is halfway there.
const RETURN: f64 = 23.0;

impl Candidate {
    /// The method it goes by.
    pub const fn method(self) -> Method {
        match self {
            Self::Naive => Method::SeasonalNaive,
            Self::Ets => Method::Ets,
            Self::Theta => Method::Theta,
            Self::Mstl => Method::Mstl,
            Self::Weeks
            | Self::Level
            | Self::Damped
            | Self::Half
            | Self::Drift
            | Self::Return
            | Self::Course => Method::Calendar,
            Self::Year => Method::Yearly,
        }
    }

    /// How far off it was on the tuning windows of `cargo xtask bench forecast`, in parts of the best, squared:
    /// twenty folds of one series are too few to go by alone.
    pub const fn handicap(self) -> f64 {
        match self {
            Self::Naive => 1.25,
            Self::Ets => 1.17,
            Self::Theta | Self::Mstl => 1.12,
            Self::Damped => 1.1,
            Self::Weeks | Self::Drift => 1.06,
            Self::Return => 1.04,
            Self::Level | Self::Half => 1.0,
            Self::Year => 0.94,
            Self::Course => 0.87,
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
                Candidate::Mstl => mstl(values, horizon),
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
                    let levels = levels(*candidate, prepared, horizon);
                    levels.map(|levels| prepared.together(ahead, &levels))
                }
            };
            found.map(|days| days.into_iter().map(|day| day.max(floor)).collect())
        })
        .collect()
}

fn levels(candidate: Candidate, prepared: &Prepared, horizon: usize) -> Option<Vec<f64>> {
    let freed = &prepared.level;
    match candidate {
        Candidate::Course => Some(course::predict(&prepared.with_spikes, horizon)),
        Candidate::Year => yearly::predict(freed, horizon),
        Candidate::Drift => Some(drift::predict(freed, horizon, 1.0)),
        Candidate::Half => Some(drift::predict(freed, horizon, 0.5)),
        Candidate::Damped => {
            let smoothed = smoothing::damped_trend(freed).predict(horizon);
            let theta = theta::predict(freed, horizon);
            let both = smoothed.iter().zip(&theta);
            Some(both.map(|(one, other)| (one + other) / 2.0).collect())
        }
        Candidate::Return => {
            let level = smoothing::lasting_level(freed).0;
            let usual = mean(&freed[freed.len().saturating_sub(182)..]);
            let left = |ahead: usize| 0.5_f64.powf(ahead as f64 / RETURN);
            let days = (0..horizon).map(|ahead| usual + (level - usual) * left(ahead));
            Some(days.collect())
        }
        _ => Some(vec![smoothing::lasting_level(freed).0; horizon]),
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

/// Weekdays that change with time, and a damped trend.
fn mstl(values: &[f64], horizon: usize) -> Option<Vec<f64>> {
    let parts = stl::decomposed(values)?;
    let levels = smoothing::damped_trend(&parts.level).predict(horizon);
    let week = parts.last_week.iter().cycle();
    Some(
        levels
            .iter()
            .zip(week)
            .map(|(level, effect)| level + effect)
            .collect(),
    )
}
