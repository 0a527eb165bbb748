//! Series that mostly cost nothing, and those that begin.

use super::FEWEST_DAYS;
use super::Kind;
use super::recurring::recurs_in;
use super::watch::{Mode, Role, Watch};

/// Days back in which a charge of that size is no news.
const REMEMBERED: usize = 100;
/// How much larger than the largest of those a charge must be.
const LARGER: f64 = 1.5;
/// Days after the first that show whether it goes on.
const AHEAD: usize = 6;
/// Days back of which half must cost something to be looked at day by day.
const LATELY: usize = 28;

impl Watch<'_> {
    pub fn sparse_day(&mut self, at: usize) {
        self.roles[at] = Role::Apart;
        let amount = self.amounts[at];
        let back = at.saturating_sub(REMEMBERED);
        let largest = self.amounts[back..at].iter().copied().fold(0.0, f64::max);
        let news = amount > 0.0
            && amount > LARGER * largest
            && !recurs_in(self.series.days, at, amount, &self.amounts);
        if news && self.begins(at, largest) {
            return;
        }
        let recent = at.saturating_sub(LATELY - 1)..=at;
        let known = recent.clone().filter(|day| self.series.known[*day]).count();
        let costing = recent
            .filter(|day| self.series.known[*day] && self.amounts[*day] > 0.0)
            .count();
        if amount > 0.0 && known >= LATELY / 2 && 2 * costing >= known {
            let since = at.saturating_sub(LATELY - 1);
            self.restart(since, known);
        }
    }

    /// Tells of a charge where there was none like it, and says whether it goes on day by day.
    fn begins(&mut self, at: usize, largest: f64) -> bool {
        let amount = self.amounts[at];
        let end = (at + AHEAD + 1).min(self.amounts.len());
        let after: Vec<usize> = (at + 1..end)
            .filter(|day| self.series.known[*day])
            .collect();
        let alike = after
            .iter()
            .filter(|day| self.amounts[**day] > 0.3 * amount)
            .count();
        // Half of what is to be seen, or nothing is to be seen yet of what never was before.
        let ever = self.amounts[..at].iter().any(|amount| *amount > 0.0);
        let goes_on = if after.is_empty() {
            !ever
        } else {
            2 * alike >= after.len()
        };
        let to = if goes_on { end - 1 } else { at };
        let kind = match (goes_on, largest > 0.0) {
            (true, false) => Kind::New,
            (true, true) => Kind::Level,
            (false, false) => Kind::OneOff,
            (false, true) => Kind::Spike,
        };
        self.put_down(kind, at, to, 0.0);
        if goes_on {
            self.restart(at, 1);
        }
        goes_on
    }

    fn restart(&mut self, since: usize, known: usize) {
        self.mode = Mode::Learning {
            since,
            known: known.min(FEWEST_DAYS - 1),
        };
    }
}
