//! The rolling back-test: every candidate forecasts from many days of the past, and what followed is known.

use super::bands::{self, Errors};
use super::candidate::{self, Candidate};
use super::fill::{self, LEAST_DAYS};
use super::method::{Method, Reason};
use super::{PerMille, naive};
use crate::calendar::{self, Day};
use crate::series::Series;

/// Origins that are forecast from, at most.
const MOST_FOLDS: usize = 20;
/// Days that each origin is held against, at most.
const HORIZON: usize = 62;
/// Days ahead that decide which method wins.
const DECIDING: usize = 31;
/// How far back origins lie.
const BACK: usize = 300;
/// Methods within this share of the best are blended with it.
const ABOUT_AS_GOOD: f64 = 1.2;
/// A blend is of so many at most.
const BLENDED: usize = 5;
/// What is as far off as the best weighs as much as it; otherwise less by this power of how much further.
const PREFERENCE: i32 = 8;
/// Nothing spent for so many days is the end of a series.
const ENDED: usize = 35;

/// How far off a method was on days that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backtest {
    /// The mean error of a day in the month ahead, in thousandths of that of saying each day as the same weekday
    /// of the week before the forecast; nothing where that is never off.
    pub mase: u32,
    /// How many days lay within the 80 % band that the other folds give.
    pub coverage80: PerMille,
    /// How many days lay within the 95 % band that the other folds give.
    pub coverage95: PerMille,
    /// Origins that were forecast from.
    pub folds: u16,
}

/// What a rolling back-test of all methods found: which one is used, and how far off it is.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The method that won; [`Method::None`] if nothing can be said.
    pub method: Method,
    /// Why nothing can be said.
    pub reason: Option<Reason>,
    /// How far off it was.
    pub backtest: Option<Backtest>,
    members: Vec<Member>,
    pub(super) errors: Errors,
}

/// One of those that are blended.
#[derive(Debug, Clone, Copy)]
struct Member {
    /// Its place in [`candidate::ALL`].
    at: usize,
    weight: f64,
}

impl Member {
    const NAIVE: Self = Self::alone(0);

    const fn alone(at: usize) -> Self {
        Self { at, weight: 1.0 }
    }

    fn candidate(&self) -> Candidate {
        candidate::ALL[self.at]
    }
}

/// One origin: what followed, and what each candidate said.
struct Fold {
    actual: Vec<Option<f64>>,
    said: Vec<Option<Vec<f64>>>,
    scale: f64,
}

/// Lets all methods forecast from many days of the past and takes the best, if it beats the same weekday of
/// last week.
#[must_use]
pub fn try_methods(history: &Series) -> Trial {
    let Some(known) = fill::known(history) else {
        return Trial::none(Reason::TooShort { days: 0 });
    };
    let days = known.values.len();
    if days < LEAST_DAYS {
        return Trial::none(Reason::TooShort { days });
    }
    let still = known.values.iter().rev();
    let still = still.take_while(|value| value.abs() < 1e-9).count();
    let facts = calendar::days(known.first_day, days + HORIZON);
    let folds: Vec<Fold> = origins(days)
        .map(|origin| Fold::at(origin, &facts, &known.values, &known.was_known))
        .collect();
    if still >= ENDED {
        // What ended stays ended, whatever it was before.
        return Trial::of(&folds, vec![Member::NAIVE]);
    }
    Trial::of(&folds, winners(&folds))
}

/// The candidates that are used: the naive one unless others beat it.
fn winners(folds: &[Fold]) -> Vec<Member> {
    let score = |members: &[Member]| score(folds, |fold| fold.blended(members));
    let naive = score(&[Member::NAIVE]).unwrap_or(f64::INFINITY);
    let mut ranked: Vec<(f64, usize)> = (1..candidate::ALL.len())
        .filter_map(|at| {
            let score = score(&[Member::alone(at)]).filter(|score| *score < naive)?;
            Some((score * candidate::ALL[at].handicap(), at))
        })
        .collect();
    ranked.sort_by(|one, other| one.0.total_cmp(&other.0));
    let Some((best, first)) = ranked.first().copied() else {
        return vec![Member::NAIVE];
    };
    let near = ranked
        .iter()
        .filter(|(score, _)| *score <= best * ABOUT_AS_GOOD);
    let member = |(score, at): &(f64, usize)| {
        let weight = if *score > 0.0 {
            (best / score).powi(PREFERENCE)
        } else {
            1.0
        };
        Member { at: *at, weight }
    };
    let near: Vec<Member> = near.map(member).take(BLENDED).collect();
    // Means of good ones are mostly better than each.
    if score(&near).is_some_and(|score| score < naive) {
        near
    } else {
        vec![Member::alone(first)]
    }
}

impl Trial {
    fn none(reason: Reason) -> Self {
        Self {
            method: Method::None,
            reason: Some(reason),
            backtest: None,
            members: Vec::new(),
            errors: Errors::default(),
        }
    }

    fn of(folds: &[Fold], members: Vec<Member>) -> Self {
        let method = match &members[..] {
            [one] => one.candidate().method(),
            _ => Method::Blend,
        };
        let errors: Vec<Vec<Option<f64>>> =
            folds.iter().map(|fold| fold.errors(&members)).collect();
        let backtest = Backtest {
            mase: mase(folds, &members),
            coverage80: bands::coverage(&errors, 0.1),
            coverage95: bands::coverage(&errors, 0.025),
            folds: u16::try_from(folds.len()).unwrap_or(u16::MAX),
        };
        Self {
            method,
            reason: None,
            backtest: Some(backtest),
            members,
            errors: Errors::of(errors),
        }
    }

    /// What the winner says of the days after `values`.
    pub(super) fn predict(&self, days: &[Day], values: &[f64], horizon: usize) -> Vec<f64> {
        let candidates: Vec<Candidate> = self.members.iter().map(Member::candidate).collect();
        let said = candidate::predict(&candidates, days, values, horizon);
        let said = said.iter().zip(&self.members);
        blend(said.filter_map(|(days, member)| Some((days.as_ref()?, member.weight))))
            .unwrap_or_else(|| naive::predict(values, horizon))
    }
}

/// The days that are forecast from, each the number of days known by then.
fn origins(days: usize) -> impl Iterator<Item = usize> {
    let first = (days / 3)
        .max(LEAST_DAYS - 10)
        .max(days.saturating_sub(BACK));
    let last = days - 5;
    let mut step = ((last - first) / MOST_FOLDS).max(1);
    if step.is_multiple_of(7) {
        // Not always the same weekday.
        step -= 1;
    }
    (0..MOST_FOLDS)
        .map(move |fold| last.saturating_sub(fold * step))
        .filter(move |origin| *origin >= first)
}

impl Fold {
    fn at(origin: usize, facts: &[Day], values: &[f64], was_known: &[bool]) -> Self {
        let horizon = HORIZON.min(values.len() - origin);
        let past = &values[..origin];
        let until = origin + horizon;
        let actual = values[origin..until].iter().zip(&was_known[origin..until]);
        Self {
            actual: actual
                .map(|(value, known)| known.then_some(*value))
                .collect(),
            said: candidate::predict(&candidate::ALL, facts, past, horizon),
            scale: bands::scale(past),
        }
    }

    fn blended(&self, members: &[Member]) -> Option<Vec<f64>> {
        let said = members.iter();
        blend(said.filter_map(|member| Some((self.said[member.at].as_ref()?, member.weight))))
    }

    /// Actual less said, in parts of the scale.
    fn errors(&self, members: &[Member]) -> Vec<Option<f64>> {
        let said = self.blended(members);
        let said = said.or_else(|| self.said[0].clone()).unwrap_or_default();
        let days = self.actual.iter().zip(said);
        days.map(|(actual, said)| {
            let error = (*actual)? - said;
            Some(if self.scale > 0.0 {
                error / self.scale
            } else {
                0.0
            })
        })
        .collect()
    }
}

/// The mean of what several said, each by its weight.
fn blend<'a>(said: impl Iterator<Item = (&'a Vec<f64>, f64)>) -> Option<Vec<f64>> {
    let mut sum: Option<Vec<f64>> = None;
    let mut weights = 0.0;
    for (days, weight) in said {
        weights += weight;
        let sum = sum.get_or_insert_with(|| vec![0.0; days.len()]);
        sum.iter_mut()
            .zip(days)
            .for_each(|(sum, day)| *sum += day * weight);
    }
    let mut mean = sum?;
    for day in &mut mean {
        *day /= weights;
    }
    Some(mean)
}

/// How far off, days and their sums alike, in parts of each fold's scale: less is better. Folds without an
/// answer are left to others; `None` if less than half have one.
fn score(folds: &[Fold], said: impl Fn(&Fold) -> Option<Vec<f64>>) -> Option<f64> {
    let (mut score, mut answered) = (0.0, 0.0);
    for fold in folds {
        let Some(said) = said(fold) else { continue };
        let (mut far, mut sum, mut days) = (0.0, 0.0, 0.0);
        for (actual, said) in fold.actual.iter().zip(&said).take(DECIDING) {
            let Some(actual) = actual else { continue };
            far += (actual - said).abs();
            sum += actual - said;
            days += 1.0;
        }
        if days > 0.0 && fold.scale > 0.0 {
            score += (far + sum.abs()) / days / fold.scale;
            answered += 1.0;
        }
    }
    (answered * 2.0 >= folds.len() as f64 && answered > 0.0).then(|| score / answered)
}

/// The error of the first month, in thousandths of the naive method's over the same days; each fold in parts of
/// its scale, so that no loud time drowns the others.
fn mase(folds: &[Fold], members: &[Member]) -> u32 {
    let far = |members: &[Member]| {
        let mut far = 0.0;
        for fold in folds.iter().filter(|fold| fold.scale > 0.0) {
            let errors = fold.errors(members);
            let errors = errors.iter().take(DECIDING).flatten();
            far += errors.map(|error| error.abs()).sum::<f64>();
        }
        far
    };
    let naive = far(&[Member::NAIVE]);
    if naive > 0.0 {
        (far(members) / naive * 1000.0).round() as u32
    } else {
        0
    }
}
