//! Day by day through a series, knowing only what lies before.

use tallyport_ledger::Money;

use super::baseline::{Habits, Lesson, SLIGHT, WEEK, to_float};
use super::drift::Drift;
use super::follow::{Open, Shift};
use super::recurring::{Off, recurs};
use super::statistics::Last;
use super::{Anomaly, FEWEST_DAYS, Kind, Watched};
use crate::border::{money, units};

/// Days between two looks at the habits.
pub(super) const LOOK: usize = 7;
/// Days whose median is the level.
const LEVEL: usize = 9;

/// How much it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Noises that one day must be off by.
    pub day: f64,
    /// The same of the mean of three days, and of a week, in noises of that mean.
    pub three: f64,
    pub week: f64,
    /// The part of the level it must be off by, whatever the noise.
    pub part: f64,
}

impl Limits {
    const NORMAL: Self = Self {
        day: 5.2,
        three: 4.5,
        week: 5.0,
        part: 0.15,
    };

    fn of(keen: bool) -> Self {
        let Self {
            day,
            three,
            week,
            part,
        } = Self::NORMAL;
        if !keen {
            return Self::NORMAL;
        }
        Self {
            day: 0.75 * day,
            three: 0.75 * three,
            week: 0.75 * week,
            part: 0.7 * part,
        }
    }
}

/// What a day was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// As the others: the level and the habits learn from it.
    Usual,
    /// Part of something unusual, or not told whole.
    Apart,
    /// As the same days of months before.
    Recurring,
    /// Not known.
    Unknown,
}

/// How the series is looked at just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Learning since that day, of which so many are known.
    Learning { since: usize, known: usize },
    /// Day by day beside its level.
    Daily,
    /// Mostly nothing: only single charges.
    Sparse,
}

pub(super) struct Watch<'a> {
    pub series: &'a Watched<'a>,
    pub limits: Limits,
    pub amounts: Vec<f64>,
    /// The amounts with what was unusual replaced by what was expected.
    pub usual: Vec<f64>,
    pub roles: Vec<Role>,
    pub levels: Vec<f64>,
    pub off: Vec<Off>,
    pub habits: Habits,
    pub level: Last<LEVEL>,
    pub lessons: Vec<Lesson>,
    pub surprises: Vec<f64>,
    pub mode: Mode,
    pub looked: usize,
    pub learnt: usize,
    /// Since when the level is what it is, if it was another.
    pub stands_since: usize,
    pub open: Option<Open>,
    pub shift: Option<Shift>,
    pub drift: Option<Drift>,
    pub found: Vec<Anomaly>,
}

impl<'a> Watch<'a> {
    pub fn new(series: &'a Watched<'a>, keen: bool) -> Self {
        let count = series
            .amounts
            .len()
            .min(series.known.len())
            .min(series.days.len());
        let amounts: Vec<f64> = series.amounts[..count]
            .iter()
            .map(|amount| units(*amount))
            .collect();
        Self {
            series,
            limits: Limits::of(keen),
            usual: amounts.clone(),
            amounts,
            roles: vec![Role::Usual; count],
            levels: vec![0.0; count],
            off: vec![Off::default(); count],
            habits: Habits::default(),
            level: Last::default(),
            lessons: Vec::with_capacity(count),
            surprises: Vec::with_capacity(count),
            mode: Mode::Sparse,
            looked: 0,
            learnt: 0,
            stands_since: 0,
            open: None,
            shift: None,
            drift: None,
            found: Vec::new(),
        }
    }

    pub fn run(mut self) -> Vec<Anomaly> {
        let known = self.series.known;
        let begins = (0..self.amounts.len()).find(|at| known[*at] && self.amounts[*at] > 0.0);
        let Some(begins) = begins else {
            return self.found;
        };
        let before = known[..begins].iter().filter(|known| **known).count();
        if before >= FEWEST_DAYS {
            self.mode = Mode::Sparse;
        } else {
            self.mode = Mode::Learning {
                since: begins,
                known: 0,
            };
        }
        for (at, known) in known
            .iter()
            .enumerate()
            .take(self.amounts.len())
            .skip(begins)
        {
            self.get_used_to(at);
            if *known {
                self.day(at);
            } else {
                self.roles[at] = Role::Unknown;
                self.usual[at] = self.expected(at);
            }
            self.levels[at] = self.level.median();
            self.learn(at);
        }
        self.end();
        self.found.sort_by_key(|anomaly| (anomaly.from, anomaly.to));
        self.found
    }

    fn day(&mut self, at: usize) {
        match self.mode {
            Mode::Learning { since, known } => {
                self.mode = Mode::Learning {
                    since,
                    known: known + 1,
                };
                if known + 1 >= FEWEST_DAYS {
                    self.first_look(since, at);
                }
            }
            Mode::Sparse => self.sparse_day(at),
            Mode::Daily => {
                if at >= self.looked + LOOK {
                    self.look(at);
                }
                if self.mode == Mode::Daily {
                    self.daily(at);
                }
            }
        }
    }

    /// What is expected of a day, by the level of the days before it.
    pub fn expected(&self, at: usize) -> f64 {
        self.level.median() * self.part(at)
    }

    pub fn part(&self, at: usize) -> f64 {
        self.habits.part(self.series.days.weekday(at))
    }

    /// How far the day is off a level, as a part of that level.
    pub fn off_from(&self, at: usize, level: f64) -> f64 {
        let part = self.part(at);
        (self.amounts[at] - level * part) / (level * part.max(SLIGHT))
    }

    /// Whether a day is off a level as the same days of months or weeks before were.
    pub fn recurs(&self, at: usize, level: f64) -> bool {
        let off = self.off_from(at, level);
        recurs(self.series.days, at, off, self.habits.noise, &self.off)
    }

    pub fn is_finished(&self, at: usize) -> bool {
        at < self.series.finished
    }

    fn daily(&mut self, at: usize) {
        let level = self.level.median();
        self.usual[at] = level * self.part(at);
        let part = self.off_from(at, level);
        self.off[at] = Off {
            part,
            noises: part / self.habits.noise,
        };
        if self.open.is_some() {
            self.follow(at);
            return;
        }
        let unusual = part.abs() >= self.limits.part
            && part.abs() >= self.limits.day * self.habits.outliers
            && (part > 0.0 || self.is_finished(at));
        if unusual {
            if self.recurs(at, level)
                || self
                    .shift
                    .is_some_and(|shift| self.recurs(at, shift.before))
            {
                self.roles[at] = Role::Recurring;
            } else {
                self.begin(at, at, level, part.signum());
            }
            return;
        }
        if !self.is_finished(at) {
            self.roles[at] = Role::Apart;
            return;
        }
        self.take(at);
        for (count, limit) in [(3, self.limits.three), (WEEK, self.limits.week)] {
            if let Some((from, level, sign)) = self.run_of(at, count, limit) {
                self.begin(from, at, level, sign);
                return;
            }
        }
    }

    /// Takes a day as usual: the level and the habits learn from it.
    pub fn take(&mut self, at: usize) {
        self.roles[at] = Role::Usual;
        self.usual[at] = self.amounts[at];
        let part = self.part(at);
        if part >= SLIGHT {
            self.level.push(self.amounts[at] / part);
        }
        self.surprises.push(self.off[at].part);
    }

    /// Whether the last `count` days lie together off the level before them, though none stands out.
    fn run_of(&self, at: usize, count: usize, limit: f64) -> Option<(usize, f64, f64)> {
        let before = at.checked_sub(count)?;
        if before < self.stands_since {
            return None;
        }
        let level = self.levels[before];
        if level <= 0.0 {
            return None;
        }
        let mut sum = 0.0;
        let mut alike = 0_i32;
        for day in before + 1..=at {
            if self.roles[day] != Role::Usual {
                return None;
            }
            let off = self.off_from(day, level);
            sum += off;
            alike += if off > 0.0 { 1 } else { -1 };
        }
        let days = to_float(count);
        let mean = sum / days;
        let agree = usize::try_from(alike.abs()).unwrap_or(0);
        let enough = mean.abs() >= self.limits.part
            && mean.abs() * days.sqrt() >= limit * self.habits.noise * self.habits.remembers
            && agree + 2 >= count;
        if !enough || (count == 3 && agree < 3) {
            return None;
        }
        let from = (before + 1..=at)
            .find(|day| self.off_from(*day, level) * mean.signum() >= 0.5 * mean.abs())?;
        let explained = (from..=at).filter(|day| self.recurs(*day, level)).count();
        (2 * explained < at + 1 - from).then_some((from, level, mean.signum()))
    }

    /// Puts down what was found, if it is worth a word.
    pub fn put_down(&mut self, kind: Kind, from: usize, to: usize, expected: f64) {
        let Some(first) = self.series.amounts.first() else {
            return;
        };
        let currency = first.currency();
        let known = (from..=to).filter(|day| self.series.known[*day]);
        let actual = Money::sum(known.map(|day| &self.series.amounts[day]), currency);
        let Ok(actual) = actual else { return };
        let anomaly = Anomaly {
            from: self.series.days.date(from),
            to: self.series.days.date(to),
            kind,
            expected: money(expected, currency),
            actual,
        };
        if anomaly.impact().nanos().abs() >= self.series.least.nanos() {
            self.found.push(anomaly);
        }
    }

    /// What the known days from `from` to `to` cost at a level; what comes back each month comes in these
    /// days too.
    pub fn at_level(&self, level: f64, from: usize, to: usize) -> f64 {
        (from..=to)
            .filter(|day| self.series.known[*day])
            .map(|day| match self.roles[day] {
                Role::Recurring => self.amounts[day],
                _ => level * self.part(day),
            })
            .sum()
    }
}
