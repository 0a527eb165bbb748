//! What the rest of the month and the next months cost, with how far off that may be.

mod history;
mod outlook;
mod tried;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
pub use tallyport_insight::{Backtest, Band, Method};
use tallyport_ledger::{BillingPeriod, Currency, DayRange, Metric, Money, ViewCosts};
use tallyport_store::{By, DailyRows, Filter, KnownMonth, Reads, RowName};

pub use self::history::History;
use self::history::{Known, histories};
use self::outlook::Outlook;
pub use self::tried::Tried;
use crate::filters::FilterAsk;
use crate::{Context, Grant, WorkspaceError};

/// A question about the months to come.
#[derive(Debug, Clone)]
pub struct ForecastAsk {
    /// What the rows are; `None` asks for the total only.
    pub by: Option<By>,
    /// Which amounts.
    pub metric: Metric,
    /// How many months, the running one included.
    pub months: u8,
    /// Which charges.
    pub filter: FilterAsk,
}

/// What is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecasts {
    /// The day it is.
    pub today: Date,
    /// One a currency.
    pub results: Vec<CurrencyForecast>,
}

/// What is expected in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrencyForecast {
    /// The currency.
    pub currency: Currency,
    /// Of everything asked about. It is forecast by itself: rows do not add up to it exactly.
    pub total: RowForecast,
    /// The rows, those that cost most lately first.
    pub rows: Vec<RowForecast>,
    /// The total day by day: the month before, the running one, and those to come.
    pub days: Vec<OutlookDay>,
}

/// What is expected of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowForecast {
    /// Its key and label; the key is what a filter takes.
    pub name: RowName,
    /// How it was made.
    pub method: Method,
    /// Why there is none, in a sentence part.
    pub reason: Option<String>,
    /// How far off the method was on days that are known.
    pub backtest: Option<Backtest>,
    /// What the running month cost so far, unfinished days included.
    pub so_far: Money,
    /// The running month and those after it.
    pub months: Vec<MonthOutlook>,
}

/// A month that is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOutlook {
    /// The month.
    pub month: BillingPeriod,
    /// What it cost so far.
    pub actual: Money,
    /// What it will have cost.
    pub band: Option<Band>,
}

/// A day, known or to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutlookDay {
    /// The day.
    pub day: Date,
    /// What it cost, where that is known.
    pub actual: Option<Money>,
    /// What it may cost, where that is not settled.
    pub band: Option<Band>,
}

/// What the running month will have cost in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthEnd {
    /// The currency.
    pub currency: Currency,
    /// How it was made.
    pub method: Method,
    /// What is expected, and its bands.
    pub band: Band,
}

/// Months that one answer looks ahead, at most.
pub const MOST_MONTHS: u8 = 12;
/// Days that are looked back: two years and a quarter.
const BACK: i32 = 821;
/// Rows that are forecast; smaller ones are listed without.
const ROWS: usize = 40;
/// After so many days without news there is nothing to forecast from.
const STALE: i32 = 62;

/// What the running month and the next cost, by row.
///
/// # Errors
/// An unknown name in the filter, or a number of months out of range.
pub async fn forecast(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: ForecastAsk,
) -> Result<Forecasts, WorkspaceError> {
    if !(1..=MOST_MONTHS).contains(&ask.months) {
        return Err(WorkspaceError::invalid(
            "months",
            format!("between 1 and {MOST_MONTHS} months can be forecast"),
        ));
    }
    if ask.filter.as_of.is_some() {
        return Err(WorkspaceError::invalid(
            "as_of",
            "what was known on a day cannot be forecast: forecasts go on from what is known now",
        ));
    }
    let today = cx.today();
    let (months, question) = (ask.months, ask);
    let read = cx
        .store
        .read(move |r| {
            let filter = question.filter.resolve(r)?;
            Read::of(r, today, question.metric, question.by.as_ref(), &filter)
        })
        .await?;
    read.answer(cx, months).await
}

/// What the running month will have cost, in each currency that can be forecast.
///
/// # Errors
/// The workspace file's.
pub(crate) async fn month_ends(cx: &Context) -> Result<Vec<MonthEnd>, WorkspaceError> {
    let today = cx.today();
    let all = Filter::default();
    let read = cx
        .store
        .read(move |r| Read::of(r, today, Metric::Billed, None, &all))
        .await?;
    let answer = read.answer(cx, 1).await?;
    let ends = answer.results.into_iter().filter_map(|result| {
        let band = result.total.months.first()?.band?;
        Some(MonthEnd {
            currency: result.currency,
            method: result.total.method,
            band,
        })
    });
    Ok(ends.collect())
}

/// What was read of the workspace file.
struct Read {
    today: Date,
    known: Option<Known>,
    total: DailyRows,
    rows: Option<DailyRows>,
}

impl Read {
    fn of(
        r: &Reads<'_>,
        today: Date,
        metric: Metric,
        by: Option<&By>,
        filter: &Filter,
    ) -> Result<Self, WorkspaceError> {
        let days = DayRange::new(today.saturating_sub(BACK.days()), today)?;
        let months: Vec<KnownMonth> = r.known_months(days, &filter.clients)?;
        let known = Known::of(&months, days);
        let (mut total, mut rows) = (DailyRows::default(), None);
        if known.is_some() {
            total = r.daily_rows(days, metric, None, filter)?;
            if by.is_some() {
                rows = Some(r.daily_rows(days, metric, by, filter)?);
            }
        }
        Ok(Self {
            today,
            known,
            total,
            rows,
        })
    }

    /// Tens of milliseconds a row that was not asked for lately: not on the threads that answer.
    async fn answer(self, cx: &Context, months: u8) -> Result<Forecasts, WorkspaceError> {
        let tried = cx.tried.clone();
        let answer = tokio::task::spawn_blocking(move || self.made(&tried, months)).await;
        answer.map_err(|error| WorkspaceError::Fault(error.to_string()))?
    }

    fn made(self, tried: &Tried, months: u8) -> Result<Forecasts, WorkspaceError> {
        let mut results = Vec::new();
        let until = last_day(self.today, months)?;
        if let Some(known) = &self.known {
            let mut totals = histories(&self.total, known, self.today)?;
            let mut rows: BTreeMap<Currency, Vec<History>> = BTreeMap::new();
            for history in self
                .rows
                .iter()
                .flat_map(|rows| histories(rows, known, self.today))
            {
                for history in history {
                    rows.entry(history.currency()).or_default().push(history);
                }
            }
            totals.sort_by_key(History::currency);
            for total in totals {
                let currency = total.currency();
                let outlook = Outlook::of(tried, &total, self.today, until);
                let mut of_rows = rows.remove(&currency).unwrap_or_default();
                of_rows.sort_by_key(|row| std::cmp::Reverse(row.lately()));
                results.push(CurrencyForecast {
                    currency,
                    days: outlook.days(&total, until)?,
                    total: outlook.row(&total, self.today, until)?,
                    rows: of_rows
                        .iter()
                        .enumerate()
                        .map(|(at, row)| {
                            if at < ROWS {
                                Outlook::of(tried, row, self.today, until)
                                    .row(row, self.today, until)
                            } else {
                                Outlook::left_out().row(row, self.today, until)
                            }
                        })
                        .collect::<Result<_, _>>()?,
                });
            }
        }
        Ok(Forecasts {
            today: self.today,
            results,
        })
    }
}

/// The last day of the last month asked about.
fn last_day(today: Date, months: u8) -> Result<Date, WorkspaceError> {
    let ahead = i32::from(months) - 1;
    let month = BillingPeriod::of(today.first_of_month().saturating_add(ahead.months()))?;
    Ok(month.last_day())
}
