//! Reservations and the Savings Plan: what was promised, and how a promise is spread over days.

use super::calendar::Day;
use super::line::{Nano, ONE};

/// A reservation of several instances of one kind for a term.
#[derive(Debug, Clone)]
pub(crate) struct Reservation {
    pub account: &'static str,
    pub service: &'static str,
    pub region: &'static str,
    pub kind: &'static str,
    pub usage_type: String,
    pub operation: &'static str,
    pub id: String,
    pub count: i128,
    /// Paid on the first day of the term, for all of it.
    pub upfront: Nano,
    /// Per instance and hour, paid on the 1st for the month.
    pub hourly: Nano,
    /// First day of the term and the day after its last, as indexes.
    pub from: i32,
    pub until: i32,
}

impl Reservation {
    pub fn is_active(&self, day: &Day) -> bool {
        (self.from..self.until).contains(&day.index)
    }

    /// Nano-hours that the reservation covers on a day.
    pub fn hours(&self) -> Nano {
        24 * ONE * self.count
    }

    /// What a day of the reservation is worth: its hours' fee and its share of the upfront fee.
    /// The shares of all days of the term add up to the upfront fee, to the nano.
    pub fn worth(&self, day: &Day) -> Nano {
        let term = i128::from(self.until - self.from);
        let elapsed = i128::from(day.index - self.from);
        let share = self.upfront * (elapsed + 1) / term - self.upfront * elapsed / term;
        24 * self.count * self.hourly + share
    }

    /// The recurring fee charged on a day: on the 1st for the days of the month within the term,
    /// and on the first day of the term for the rest of that month.
    pub fn recurring_fee(&self, day: &Day) -> Nano {
        if day.date.day() != 1 && day.index != self.from {
            return 0;
        }
        let left_in_month = day.days_in_month - i32::from(day.date.day()) + 1;
        let days = left_in_month.min(self.until - day.index).max(0);
        i128::from(days) * 24 * self.count * self.hourly
    }
}

/// A Compute Savings Plan without upfront payment.
#[derive(Debug, Clone)]
pub(crate) struct SavingsPlan {
    pub account: &'static str,
    pub id: String,
    /// Committed per hour.
    pub hourly: Nano,
    /// What covered usage costs against on-demand, in thousandths.
    pub rate_thousandths: i128,
    pub from: i32,
    pub until: i32,
}

impl SavingsPlan {
    pub fn commitment(&self, day: &Day) -> Nano {
        if (self.from..self.until).contains(&day.index) {
            24 * self.hourly
        } else {
            0
        }
    }
}
