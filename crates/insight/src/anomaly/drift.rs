//! More or less, little by little: no day stands out, but the weeks do.

use super::Kind;
use super::baseline::{WEEK, to_float};
use super::watch::{Mode, Role, Watch};

/// Weeks over which a drift is looked for.
const WEEKS: usize = 4;
/// What they must add up to, as a logarithm.
const TOTAL: f64 = 0.14;
/// What each of them must add.
const STEP: f64 = 0.01;
/// The most that one of them may have of it: else it is a step, not a drift.
const SUDDEN: f64 = 0.6;
/// Weeks that a drift is told for.
const TOLD: usize = 12;

/// A drift that goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drift {
    from: usize,
    last: usize,
    sign: f64,
    /// What a day cost before it, of a weekday of part one: on which day, how much, and how that grew a day,
    /// as a logarithm.
    level_of: usize,
    level: f64,
    growth: f64,
}

impl Watch<'_> {
    /// The mean of the usual days of the week that ends `back` weeks before `at`, freed of weekdays.
    fn week(&self, at: usize, back: usize) -> Option<f64> {
        self.week_of(at, back, |_| 1.0)
    }

    /// The same, of each day times the length of its month: what is kept by the month costs less a day in a
    /// longer one.
    fn week_by_month(&self, at: usize, back: usize) -> Option<f64> {
        let length = |day| f64::from(self.series.days.month_length(day));
        self.week_of(at, back, length)
    }

    fn week_of(&self, at: usize, back: usize, times: impl Fn(usize) -> f64) -> Option<f64> {
        let end = at.checked_sub(back * WEEK)?;
        let begin = end.checked_sub(WEEK)?;
        let (mut sum, mut parts) = (0.0, 0.0);
        let mut days = 0;
        for day in begin..end {
            if self.roles[day] == Role::Usual && self.levels[day] > 0.0 {
                sum += self.amounts[day] * times(day);
                parts += self.part(day);
                days += 1;
            }
        }
        (days >= 4 && sum > 0.0 && parts > 0.0).then(|| sum / parts)
    }

    pub fn look_for_drift(&mut self, at: usize) {
        if self.mode != Mode::Daily || !self.is_finished(at.saturating_sub(1)) {
            return;
        }
        if let Some(mut drift) = self.drift {
            let step = self.step(at, 0).map(|step| step * drift.sign);
            let told = (at - drift.from) / WEEK;
            if step.is_some_and(|step| step >= STEP) && told < TOLD {
                drift.last = at - 1;
                self.drift = Some(drift);
            } else {
                self.end_drift();
            }
            return;
        }
        if self.open.is_some() || self.shift.is_some() {
            return;
        }
        self.drift = self.drifts(at);
    }

    /// How much the week that ends `back` weeks ago is above the one before it, as a logarithm.
    fn step(&self, at: usize, back: usize) -> Option<f64> {
        Some((self.week(at, back)? / self.week(at, back + 1)?).ln())
    }

    fn drifts(&self, at: usize) -> Option<Drift> {
        let mut total = 0.0;
        let (mut steps, mut least, mut most) = (0, f64::INFINITY, 0.0_f64);
        let first = self.step(at, 0)?;
        let mut began = at - WEEKS * WEEK;
        for back in 0..WEEKS {
            let step = self.step(at, back)? * first.signum();
            total += step;
            steps += usize::from(step >= STEP);
            if back + 1 == WEEKS && step < STEP {
                began += WEEK;
            }
            least = least.min(step);
            most = most.max(step);
        }
        // How it went in the weeks before: who grows all the time does not drift.
        let usual = (self.week(at, WEEKS)? / self.week(at, 2 * WEEKS)?).ln() * first.signum();
        let by_month = self.week_by_month(at, 0)? / self.week_by_month(at, WEEKS)?;
        let total = total.min(by_month.ln() * first.signum());
        let news = total - usual.max(0.0);
        let certain = 4.0 * self.habits.noise * self.habits.remembers / 7.0_f64.sqrt();
        // One of the weeks may stand still: a month of another length began, or noise was in the way.
        let drifts = steps + 1 >= WEEKS
            && least >= -2.0 * STEP
            && most <= SUDDEN * total
            && news >= TOTAL * self.limits.part / 0.15
            && total >= 2.0 * usual
            && news >= certain;
        drifts.then(|| Drift {
            from: began,
            level_of: at - WEEKS * WEEK - WEEK / 2,
            last: at - 1,
            sign: first.signum(),
            level: self.week(at, WEEKS).unwrap_or(0.0),
            growth: usual.max(0.0) * first.signum() / 28.0,
        })
    }

    pub fn end_drift(&mut self) {
        let Some(drift) = self.drift.take() else {
            return;
        };
        let mut expected = 0.0;
        for day in (drift.from..=drift.last).filter(|day| self.series.known[*day]) {
            let days = to_float(day - drift.level_of);
            expected += drift.level * self.part(day) * (drift.growth * days).exp();
        }
        self.put_down(Kind::Drift, drift.from, drift.last, expected);
    }
}
