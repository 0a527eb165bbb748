use tallyport_ledger::budget::Counting;
use tallyport_ledger::{ChargeCategory, Currency, Metric, Money};

use super::kept::MonthSums;

/// What was charged, in nano-units of one currency, by category: usage, purchases, tax, credits,
/// adjustments. Of months, what is neither tax nor credit stands with usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    pub(super) billed: [i128; 5],
    pub(super) effective: [i128; 5],
}

/// What a scope was charged: what is believed, and what lies in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// What is believed.
    pub believed: Parts,
    /// What lies in quarantine, if something does.
    pub quarantined: Option<Parts>,
}

/// Where in a [`Parts`] a category is summed over days.
pub(super) fn part_of_day(category: i64) -> usize {
    usize::try_from(category - 1).unwrap_or(0).min(4)
}

/// The same over months: all but tax and credits stands with usage.
pub(super) fn part_of_month(category: i64) -> usize {
    match part_of_day(category) {
        part @ (TAX | CREDITS) => part,
        _ => USAGE,
    }
}

pub(super) const USAGE: usize = 0;
pub(super) const TAX: usize = 2;
pub(super) const CREDITS: usize = 3;

impl Parts {
    pub(super) fn note(&mut self, part: usize, billed: i128, effective: i128) {
        self.billed[part] += billed;
        self.effective[part] += effective;
    }

    pub(super) fn plus(&mut self, other: &Self) {
        for part in 0..5 {
            self.note(part, other.billed[part], other.effective[part]);
        }
    }

    const fn of(&self, metric: Metric) -> &[i128; 5] {
        match metric {
            Metric::Billed => &self.billed,
            Metric::Effective => &self.effective,
        }
    }

    /// What counts towards a budget.
    #[must_use]
    pub fn counted(&self, counting: &Counting) -> Money {
        let [usage, purchases, tax, credits, adjustments] = self.of(counting.metric);
        let mut nanos = usage + purchases + adjustments;
        if counting.credits {
            nanos += credits;
        }
        if counting.tax {
            nanos += tax;
        }
        Money::from_nanos(nanos, counting.currency)
    }

    /// What one category is. Asked of days: of months, only tax and credits are known apart.
    #[must_use]
    pub fn category(&self, category: ChargeCategory, counting: &Counting) -> Money {
        let nanos = self.of(counting.metric)[part_of_day(category.number())];
        Money::from_nanos(nanos, counting.currency)
    }

    /// All of it, with credits and tax.
    #[must_use]
    pub fn everything(&self, counting: &Counting) -> Money {
        let nanos = self.of(counting.metric).iter().sum();
        Money::from_nanos(nanos, counting.currency)
    }
}

impl Spent {
    pub(super) fn add(&mut self, sums: &MonthSums, key: (i64, i64), currency: Currency) {
        if let Some(parts) = sums.get(&(key.0, key.1, currency, false)) {
            self.believed.plus(parts);
        }
        if let Some(parts) = sums.get(&(key.0, key.1, currency, true)) {
            self.quarantined
                .get_or_insert_with(Parts::default)
                .plus(parts);
        }
    }

    /// All of it, believed or not: what is shown.
    #[must_use]
    pub fn all(&self) -> Parts {
        let mut all = self.believed;
        if let Some(doubted) = &self.quarantined {
            all.plus(doubted);
        }
        all
    }
}
