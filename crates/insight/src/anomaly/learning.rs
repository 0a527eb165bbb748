//! What a watch learns on its way: lessons, habits, and the level to begin with.

use super::baseline::{Habits, Lesson, SLIGHT, WEEK};
use super::recurring::Off;
use super::statistics::{median, median_of_seven};
use super::watch::{LOOK, Mode, Role, Watch};

/// Surprises that noise is judged by.
const SURPRISES: usize = 120;
/// Lessons after which habits are looked at only every other week.
const SETTLED_HABITS: usize = 70;

impl Watch<'_> {
    /// A day and the three on either side of it make a lesson, once they are known.
    pub fn learn(&mut self, at: usize) {
        let Some(middle) = at.checked_sub(3) else {
            return;
        };
        let Some(first) = at.checked_sub(6) else {
            return;
        };
        if self.roles[middle] != Role::Usual {
            return;
        }
        let mut around = [0.0; WEEK];
        around.copy_from_slice(&self.usual[first..=at]);
        let centre = median_of_seven(around);
        if centre > 0.0 {
            self.lessons.push(Lesson {
                weekday: self.series.days.weekday(middle),
                ratio: self.amounts[middle] / centre,
            });
        }
    }

    /// Looks at the habits anew, at what drifts, and at whether it is a daily series at all.
    pub fn look(&mut self, at: usize) {
        self.looked = at;
        if self.lessons.len() < SETTLED_HABITS || at >= self.learnt + 2 * LOOK {
            self.learnt = at;
            let recent = self.surprises.len().saturating_sub(SURPRISES);
            self.habits = Habits::learn(&self.lessons, &self.surprises[recent..]);
        }
        if self.level.median() <= 0.0 && self.open.is_none() {
            self.mode = Mode::Sparse;
            return;
        }
        self.look_for_drift(at);
    }

    /// The first look, after the days of learning; those that stood out among them are left out.
    pub fn first_look(&mut self, since: usize, at: usize) {
        let days: Vec<usize> = (since..=at).filter(|day| self.series.known[*day]).collect();
        let costing = days.iter().filter(|day| self.amounts[**day] > 0.0).count();
        self.looked = at;
        if 2 * costing < days.len() {
            self.mode = Mode::Sparse;
            return;
        }
        self.mode = Mode::Daily;
        self.surprises.clear();
        self.lessons.clear();
        for day in since + 6..=at {
            self.learn(day);
        }
        self.habits = Habits::learn(&self.lessons, &[]);
        self.level.clear();
        for (place, day) in days.iter().enumerate() {
            let near = &days[place.saturating_sub(6)..(place + 7).min(days.len())];
            let mut around: Vec<f64> = near
                .iter()
                .filter(|near| self.part(**near) >= SLIGHT)
                .map(|near| self.amounts[*near] / self.part(*near))
                .collect();
            let level = median(&mut around);
            if level <= 0.0 {
                continue;
            }
            let part = self.off_from(*day, level);
            self.off[*day] = Off {
                part,
                noises: part / self.habits.noise,
            };
            let apart = self.off[*day].noises.abs() >= 4.0 || !self.is_finished(*day);
            if apart {
                self.roles[*day] = Role::Apart;
                self.usual[*day] = level * self.part(*day);
            } else if self.part(*day) >= SLIGHT {
                self.level.push(self.amounts[*day] / self.part(*day));
            }
        }
        if self.level.median() <= 0.0 {
            self.mode = Mode::Sparse;
        }
    }
}
