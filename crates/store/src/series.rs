//! Daily series of the rows of a report, and which days are known: what forecasts are made of.

use std::collections::HashMap;

use jiff::civil::Date;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, Currency, DayRange, Metric, Money, PeriodStatus,
};

use crate::costs::group;
use crate::filter::TEAM_OF;
use crate::grain::Grain;
use crate::number::{currency_of, day_of, nanos_at, period_of};
use crate::sql::Sql;
use crate::{By, ClientId, Filter, Reads, RowName, StoreError};

/// The daily sums of the rows of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DailyRows {
    /// The rows, in no order.
    pub rows: Vec<RowName>,
    /// Their sums, in no order; a row may have several of one day and category.
    pub sums: Vec<DailySum>,
}

/// What a row was charged on a day, of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailySum {
    /// The place of its row.
    pub row: usize,
    /// The day.
    pub day: Date,
    /// What kind of charge.
    pub category: ChargeCategory,
    /// How much.
    pub amount: Money,
}

/// A month of a billing account that has a counted bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMonth {
    /// The client.
    pub client: ClientId,
    /// The billing account's number.
    pub billing_account: i64,
    /// The month.
    pub period: BillingPeriod,
    /// The last day that has charges, or the month's last once it is no longer an estimate; the day before
    /// its first if it has none.
    pub known_to: Option<Date>,
    /// Whether its figures are not believed.
    pub quarantined: bool,
}

impl Reads<'_> {
    /// What each row of a report by `by` was charged on each of `days`, by category; one row of everything
    /// without `by`. Counted versions only.
    ///
    /// # Errors
    /// The file's.
    pub fn daily_rows(
        &self,
        days: DayRange,
        metric: Metric,
        by: Option<&By>,
        filter: &Filter,
    ) -> Result<DailyRows, StoreError> {
        let grain = match (&filter.versions, by) {
            (Some(_), _) => Grain::Charge,
            (None, Some(By::Tag(_) | By::Resource)) => Grain::of(days, filter, by, true),
            // The smallest roll-up knows no categories.
            (None, _) => Grain::of(days, filter, Some(&By::Category), true),
        };
        let mut sql = Sql::new("SELECT");
        sql.push(by.map_or("0,", group)).push(match by {
            Some(By::Team) => TEAM_OF,
            _ => "NULL",
        });
        sql.push(", s.currency, s.category, s.day")
            .push(grain.sums(metric))
            .push(grain.table());
        grain.counted_in(&mut sql, days, filter);
        filter.narrow(&mut sql);
        sql.push("GROUP BY 1, 2, 3, 4, 5");
        let names = by.map(|by| self.row_names(by)).transpose()?;
        let mut answer = DailyRows::default();
        let mut places: HashMap<(i64, Option<i64>), usize> = HashMap::new();
        let mut by_name: HashMap<RowName, usize> = HashMap::new();
        let mut known: Option<(String, Currency)> = None;
        let sums = sql.rows(self.connection, |row| {
            let code = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let currency = match &known {
                Some((same, currency)) if same == code => *currency,
                _ => {
                    let currency = currency_of(code)?;
                    known = Some((code.to_owned(), currency));
                    currency
                }
            };
            let key: (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
            // Several groups may be one row of a report: services of one name, what nobody owns.
            let place = *places.entry(key).or_insert_with(|| {
                let name = names
                    .as_ref()
                    .map_or_else(RowName::everything, |names| names.of(key.0, key.1));
                *by_name.entry(name.clone()).or_insert_with(|| {
                    answer.rows.push(name);
                    answer.rows.len() - 1
                })
            });
            Ok::<_, StoreError>(DailySum {
                row: place,
                day: day_of(row.get(4)?)?,
                category: ChargeCategory::from_number(row.get(3)?)
                    .ok_or_else(|| StoreError::unreadable("a charge category"))?,
                amount: Money::from_nanos(nanos_at(row, 5)?, currency),
            })
        })?;
        answer.sums = sums;
        Ok(answer)
    }

    /// The months that `days` lie in which have a counted bill, by billing account; of these clients only, if
    /// any are named.
    ///
    /// # Errors
    /// The file's.
    pub fn known_months(
        &self,
        days: DayRange,
        clients: &[ClientId],
    ) -> Result<Vec<KnownMonth>, StoreError> {
        let month = |day: Date| i64::from(day.year()) * 100 + i64::from(day.month());
        let mut sql = Sql::new(
            "SELECT b.client_id, b.id, v.period, min(v.status),
                max((SELECT max(s.day) FROM axis_spend s WHERE s.stream = v.stream AND s.axis = 4)),
                EXISTS (SELECT 1 FROM quarantine q WHERE q.billing_account_id = b.id AND q.period = v.period
                        AND q.lifted_at IS NULL AND q.released_at IS NULL)
             FROM period_version v JOIN billing_account b ON b.id = v.billing_account_id
             WHERE v.counts = 1",
        );
        sql.bind("AND v.period BETWEEN ?", month(days.from()))
            .bind("AND ?", month(days.to()));
        if !clients.is_empty() {
            sql.list("AND b.client_id IN", clients.iter().map(|client| client.0));
        }
        sql.push("GROUP BY b.client_id, b.id, v.period ORDER BY b.id, v.period");
        sql.rows(self.connection, |row| {
            let period = period_of(row.get(2)?)?;
            let estimated = row.get::<_, i64>(3)? == PeriodStatus::Estimated.number();
            let last: Option<i64> = row.get(4)?;
            Ok(KnownMonth {
                client: ClientId(row.get(0)?),
                billing_account: row.get(1)?,
                period,
                known_to: if estimated {
                    last.map(day_of).transpose()?
                } else {
                    Some(period.last_day())
                },
                quarantined: row.get(5)?,
            })
        })
    }
}

impl RowName {
    /// The one row of a report that tells nothing apart.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            key: "total".to_owned(),
            label: "Total".to_owned(),
        }
    }
}
