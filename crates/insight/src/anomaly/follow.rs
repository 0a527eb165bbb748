//! What is unusual is followed until it ends, or until it is what is usual.

use super::Kind;
use super::baseline::{SLIGHT, to_float};
use super::watch::{Role, Watch};

/// Days after which a change is a new level.
const SETTLED: usize = 7;
/// Days that a new level is told for.
const TOLD: usize = 30;

/// Days that what comes back each month lasts at most.
const HABIT: usize = 4;

/// Something unusual that goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    from: usize,
    /// The level before it.
    level: f64,
    /// 1 for more, −1 for less.
    sign: f64,
    /// The last day that was unusual, how many were, and by how much in all.
    last: usize,
    days: usize,
    off: f64,
    /// Usual days since.
    quiet: usize,
}

/// A new level, while it is still told of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift {
    from: usize,
    /// The level before it, and the new one.
    pub before: f64,
    after: f64,
}

impl Watch<'_> {
    /// Something unusual began on `from`, as is seen on `at`.
    pub fn begin(&mut self, from: usize, at: usize, level: f64, sign: f64) {
        let mut open = Open {
            from,
            level,
            sign,
            last: from,
            days: 0,
            off: 0.0,
            quiet: 0,
        };
        for day in from..=at {
            if self.roles[day] == Role::Unknown {
                continue;
            }
            self.roles[day] = Role::Apart;
            self.usual[day] = level * self.part(day);
            open.last = day;
            open.days += 1;
            open.off += self.off_from(day, level) * sign;
        }
        if from < at {
            self.level.clear();
            self.level.push(level);
        }
        self.open = Some(open);
        self.settle(at);
    }

    /// Whether a day goes on with what is open.
    pub fn follow(&mut self, at: usize) {
        let Some(mut open) = self.open else { return };
        let off = self.off_from(at, open.level);
        let usually = open.off / to_float(open.days.max(1));
        self.usual[at] = open.level * self.part(at);
        if off.abs() >= self.limits.part && self.recurs(at, open.level) {
            self.roles[at] = Role::Recurring;
            return;
        }
        let off = off * open.sign;
        if off >= (2.0 * self.habits.noise).max(0.4 * usually) {
            self.roles[at] = Role::Apart;
            open.last = at;
            open.days += 1;
            open.off += off;
            open.quiet = 0;
            self.open = Some(open);
            self.settle(at);
            return;
        }
        if !self.is_finished(at) {
            self.roles[at] = Role::Apart;
            return;
        }
        if self.part(at) < SLIGHT {
            // On such a day nothing is to be seen either way.
            self.roles[at] = Role::Apart;
            return;
        }
        self.take(at);
        open.quiet += 1;
        self.open = Some(open);
        if open.quiet >= 2 || open.days <= 2 {
            self.close();
        }
    }

    /// What has stood for a week is a new level; what came back to the old one ends it.
    fn settle(&mut self, at: usize) {
        let Some(open) = self.open else { return };
        if let Some(shift) = self.shift {
            let back = (self.amounts[at] - shift.before * self.part(at)).abs();
            let near = (3.0 * self.habits.noise * shift.before)
                .max(0.3 * (shift.after - shift.before).abs());
            let returns = open.sign * (shift.before - shift.after) > 0.0
                && back <= near * self.part(at).max(SLIGHT);
            if returns && open.days >= 2 {
                self.tell_shift(shift, open.from.saturating_sub(1));
                self.stand_at(open.from, at, shift.before);
                return;
            }
        }
        if open.days < SETTLED {
            return;
        }
        let mut days: Vec<f64> = (open.from..=at)
            .rev()
            .filter(|day| self.series.known[*day] && self.part(*day) >= SLIGHT)
            .take(SETTLED)
            .map(|day| self.amounts[day] / self.part(day))
            .collect();
        let after = super::statistics::median(&mut days);
        if open.off < self.limits.part * to_float(open.days) {
            // Not far enough off for a change to be told.
            self.stand_at(open.from, at, after);
            return;
        }
        if let Some(shift) = self.shift.take() {
            self.tell_shift(shift, open.from.saturating_sub(1));
        }
        self.shift = Some(Shift {
            from: open.from,
            before: open.level,
            after,
        });
        self.stand_at(open.from, at, after);
    }

    /// What went on for longer is no habit of a day of the month.
    fn forget(&mut self, from: usize, to: usize) {
        for (off, role) in self.off[from..=to].iter_mut().zip(&self.roles[from..=to]) {
            if *role != Role::Recurring {
                off.noises = 0.0;
            }
        }
    }

    /// From here on the level is another; the days since `from` are as usual there.
    fn stand_at(&mut self, from: usize, at: usize, level: f64) {
        self.open = None;
        self.forget(from, at);
        self.stands_since = from;
        self.level.clear();
        for _ in 0..3 {
            self.level.push(level);
        }
        for day in from..=at {
            self.levels[day] = level;
            let counts = self.series.known[day] && self.is_finished(day);
            if counts && self.roles[day] != Role::Recurring {
                self.roles[day] = Role::Usual;
                self.usual[day] = self.amounts[day];
                if self.part(day) >= SLIGHT {
                    self.level.push(self.amounts[day] / self.part(day));
                }
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.days > HABIT {
            self.forget(open.from, open.last);
        }
        if let Some(shift) = self.shift {
            // A day or two back towards the old level is part of the new one's story.
            if open.sign * (shift.before - shift.after) > 0.0 {
                return;
            }
        }
        let kind = if open.sign > 0.0 {
            Kind::Spike
        } else {
            Kind::Drop
        };
        let expected = self.at_level(open.level, open.from, open.last);
        self.put_down(kind, open.from, open.last, expected);
    }

    fn tell_shift(&mut self, shift: Shift, last: usize) {
        self.shift = None;
        let to = last.min(shift.from + TOLD - 1);
        let expected = self.at_level(shift.before, shift.from, to);
        self.put_down(Kind::Level, shift.from, to, expected);
    }

    /// A new level that has stood for a month is what is usual.
    pub fn get_used_to(&mut self, at: usize) {
        if let Some(shift) = self.shift.filter(|shift| at >= shift.from + TOLD) {
            self.tell_shift(shift, at);
        }
    }

    /// The series is over: what is open is told as far as it goes.
    pub fn end(&mut self) {
        self.close();
        let last = self.amounts.len().saturating_sub(1);
        if let Some(shift) = self.shift {
            self.tell_shift(shift, last);
        }
        self.end_drift();
    }
}
