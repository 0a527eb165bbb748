use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, DayRange, Metric};

use crate::Filter;
use crate::number::day_number;
use crate::sql::Sql;

/// Which of the facts answers a question: the smallest that knows what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    /// The roll-up by day, without resources and tags.
    Day,
    /// The roll-up by month, with both.
    Month,
    /// The charges themselves.
    Charge,
}

impl Grain {
    /// The grain for a question about `days`. `tagged` is whether it is told by a tag, `daily`
    /// whether it needs to know days: by columns, or by teams, whose members change.
    pub fn of(days: DayRange, filter: &Filter, tagged: bool, daily: bool) -> Self {
        if !tagged && !filter.needs_tags() && !filter.needs_resources() {
            return Self::Day;
        }
        if daily || filter.needs_days() || !whole_months(days) {
            return Self::Charge;
        }
        Self::Month
    }

    /// Where the facts `s` are.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Day => "FROM spend s",
            Self::Month => "FROM resource_spend s",
            Self::Charge => "FROM charge s",
        }
    }

    /// How many charges.
    pub const fn count(self) -> &'static str {
        match self {
            Self::Day | Self::Month => "sum(s.charges)",
            Self::Charge => "count(*)",
        }
    }

    /// The two parts of their sum.
    pub const fn sums(self, metric: Metric) -> &'static str {
        match (self, metric) {
            (Self::Day | Self::Month, Metric::Billed) => {
                ", sum(s.billed_units) AS units, sum(s.billed_rest) AS rest"
            }
            (Self::Day | Self::Month, Metric::Effective) => {
                ", sum(s.effective_units) AS units, sum(s.effective_rest) AS rest"
            }
            (Self::Charge, Metric::Billed) => {
                ", sum(s.billed / 1000000000) AS units, sum(s.billed % 1000000000) AS rest"
            }
            (Self::Charge, Metric::Effective) => {
                ", sum(s.effective / 1000000000) AS units, sum(s.effective % 1000000000) AS rest"
            }
        }
    }

    /// The number of the month a fact lies in.
    pub const fn month(self) -> &'static str {
        match self {
            Self::Day | Self::Charge => "s.day / 100",
            Self::Month => "v.period",
        }
    }

    /// Joins version `v` and billing account `b` of a fact `s`; only what counts, only on `days`.
    pub fn counted(self, sql: &mut Sql, days: DayRange) {
        sql.push("JOIN period_version v ON v.id = s.version_id")
            .push("JOIN billing_account b ON b.id = v.billing_account_id WHERE v.counts = 1")
            // A charge counts on a day of its billing period: no other period needs a look.
            .bind("AND v.period BETWEEN ?", month(days.from()))
            .bind("AND ?", month(days.to()));
        if self != Self::Month {
            sql.bind("AND s.day BETWEEN ?", day_number(days.from()))
                .bind("AND ?", day_number(days.to()));
        }
    }
}

fn whole_months(days: DayRange) -> bool {
    days.from().day() == 1 && days.to() == days.to().last_of_month()
}

fn month(day: Date) -> i64 {
    BillingPeriod::of(day).map_or(day_number(day) / 100, |period| i64::from(period.number()))
}
