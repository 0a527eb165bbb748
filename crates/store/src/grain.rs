use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, DayRange, Metric};

use crate::number::day_number;
use crate::rollups::Axis;
use crate::sql::Sql;
use crate::{By, Filter};

/// Which of the facts answers a question: the smallest that knows what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    /// The roll-up by day and one thing alone.
    Axis(Axis),
    /// The roll-up by day, without resources and tags. Where [`owners_know`](crate::rollups::owners_know)
    /// enough, there is a smaller one.
    Day,
    /// The roll-up by month, with both.
    Month,
    /// The charges themselves.
    Charge,
}

impl Grain {
    /// The grain for a question about `days`, told apart by `by` if at all. `daily` is whether it needs
    /// to know days: by columns, or by teams, whose members change.
    pub fn of(days: DayRange, filter: &Filter, by: Option<&By>, daily: bool) -> Self {
        let tagged = matches!(by, Some(By::Tag(_) | By::Resource));
        if !tagged && !filter.needs_tags() && !filter.needs_resources() {
            return Self::Day;
        }
        if daily || filter.needs_days() || !whole_months(days) {
            return Self::Charge;
        }
        Self::Month
    }

    /// The grain for a report, whose rows are `by` and nothing else: as [`Grain::of`], or the rows of one
    /// axis where nothing narrows it but that axis itself and clients.
    pub fn of_report(days: DayRange, filter: &Filter, by: &By, daily: bool) -> Self {
        let axis = match by {
            By::Account => Axis::Account,
            By::Tag(_) => Axis::TagSet,
            By::Region => Axis::Region,
            By::Category => Axis::Category,
            _ => return Self::of(days, filter, Some(by), daily),
        };
        if filter.is_about(axis) {
            Self::Axis(axis)
        } else {
            Self::of(days, filter, Some(by), daily)
        }
    }

    /// Where the facts `s` are.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Axis(Axis::Account) => {
                "FROM (SELECT stream, day, key_id AS sub_account_id, currency, charges, billed_units,
                       billed_rest, effective_units, effective_rest FROM axis_spend WHERE axis = 1) s"
            }
            Self::Axis(Axis::TagSet) => {
                "FROM (SELECT stream, day, key_id AS tag_set_id, currency, charges, billed_units,
                       billed_rest, effective_units, effective_rest FROM axis_spend WHERE axis = 2) s"
            }
            Self::Axis(Axis::Region) => {
                "FROM (SELECT stream, day, key_id AS region_id, currency, charges, billed_units,
                       billed_rest, effective_units, effective_rest FROM axis_spend WHERE axis = 3) s"
            }
            Self::Axis(Axis::Category) => {
                "FROM (SELECT stream, day, key_id AS category, currency, charges, billed_units,
                       billed_rest, effective_units, effective_rest FROM axis_spend WHERE axis = 4) s"
            }
            Self::Day => "FROM spend s",
            Self::Month => "FROM resource_spend s",
            Self::Charge => "FROM allocated_charge s",
        }
    }

    /// How many charges.
    pub const fn count(self) -> &'static str {
        match self {
            Self::Axis(_) | Self::Day | Self::Month => "sum(s.charges)",
            Self::Charge => "count(*)",
        }
    }

    /// The two parts of their sum.
    pub const fn sums(self, metric: Metric) -> &'static str {
        match (self, metric) {
            (Self::Axis(_) | Self::Day | Self::Month, Metric::Billed) => {
                ", sum(s.billed_units) AS units, sum(s.billed_rest) AS rest"
            }
            (Self::Axis(_) | Self::Day | Self::Month, Metric::Effective) => {
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

    /// The two parts of one fact's amount.
    pub const fn amount(self, metric: Metric) -> &'static str {
        match (self, metric) {
            (Self::Axis(_) | Self::Day | Self::Month, Metric::Billed) => {
                ", s.billed_units, s.billed_rest"
            }
            (Self::Axis(_) | Self::Day | Self::Month, Metric::Effective) => {
                ", s.effective_units, s.effective_rest"
            }
            (Self::Charge, Metric::Billed) => ", s.billed / 1000000000, s.billed % 1000000000",
            (Self::Charge, Metric::Effective) => {
                ", s.effective / 1000000000, s.effective % 1000000000"
            }
        }
    }

    /// The number of the month a fact lies in.
    pub const fn month(self) -> &'static str {
        match self {
            Self::Axis(_) | Self::Day | Self::Charge => "s.day / 100",
            Self::Month => "v.period",
        }
    }

    /// As [`Grain::counted_in`], of what is known now.
    pub fn counted(self, sql: &mut Sql, days: DayRange) {
        self.counted_in(sql, days, &Filter::default());
    }

    /// Joins version `v` and billing account `b` of a fact `s`; only what counts or what the versions of
    /// `filter` have, only on `days`.
    pub fn counted_in(self, sql: &mut Sql, days: DayRange, filter: &Filter) {
        if self == Self::Charge {
            sql.push("JOIN period_version v ON v.stream = s.stream");
            sql.push(match &filter.versions {
                None => "AND v.counts = 1 AND s.until_version IS NULL",
                Some(_) => "AND s.from_version <= v.id AND ifnull(s.until_version > v.id, 1)",
            });
            of_versions(sql, days, filter);
            filter.narrow_items(sql);
        } else {
            counted_versions(sql, days, filter);
        }
        if self != Self::Month {
            sql.bind("AND s.day BETWEEN ?", day_number(days.from()))
                .bind("AND ?", day_number(days.to()));
        }
    }
}

/// Joins version `v` and billing account `b` of a row `s` of a roll-up, as [`Grain::counted_in`] does; of all
/// days of the months that `days` lie in.
pub(crate) fn counted_versions(sql: &mut Sql, days: DayRange, filter: &Filter) {
    sql.push("JOIN period_version v ON v.stream = s.stream");
    sql.push(match &filter.versions {
        None => "AND v.counts = 1",
        // A roll-up holds what the current version has.
        Some(_) => "AND v.is_current = 1",
    });
    of_versions(sql, days, filter);
}

fn of_versions(sql: &mut Sql, days: DayRange, filter: &Filter) {
    sql.push("JOIN billing_account b ON b.id = v.billing_account_id WHERE 1");
    if let Some(versions) = &filter.versions {
        sql.list("AND v.id IN", versions.iter().map(|version| version.0));
    }
    // A charge counts on a day of its billing period: no other period needs a look.
    sql.bind("AND v.period BETWEEN ?", month(days.from()))
        .bind("AND ?", month(days.to()));
}

fn whole_months(days: DayRange) -> bool {
    days.from().day() == 1 && days.to() == days.to().last_of_month()
}

fn month(day: Date) -> i64 {
    BillingPeriod::of(day).map_or(day_number(day) / 100, |period| i64::from(period.number()))
}
