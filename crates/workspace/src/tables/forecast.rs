use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{BillingPeriod, Money, ViewCosts};

use super::column::{Of, column, maybe, money, off_paper, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::forecast::{self, Band, CurrencyForecast, ForecastAsk, RowForecast};
use crate::{Context, Grant, WorkspaceError};

/// A month to come of a row, or of all of them.
pub(super) struct MonthLine {
    name: String,
    key: String,
    method: &'static str,
    reason: Option<String>,
    month: BillingPeriod,
    actual: Money,
    band: Option<Band>,
}

// The total is a row among the others, and is forecast by itself: nothing here adds up.
pub(super) const COLUMNS: &[Of<MonthLine>] = &[
    text("Name", |line| Cell::text(&line.name)),
    off_paper(text("Key", |line| Cell::text(&line.key))),
    text("Month", |line| Cell::owned(line.month.to_string())),
    column("Currency", Kind::Currency, |line| {
        Cell::Currency(line.actual.currency())
    }),
    money("Spent so far", |line| Cell::Money(line.actual)),
    money("Expected", |line| band(line, |band| band.expected)),
    money("At least, in 80 of 100", |line| {
        band(line, |band| band.low80)
    }),
    money("At most, in 80 of 100", |line| {
        band(line, |band| band.high80)
    }),
    off_paper(money("At least, in 95 of 100", |line| {
        band(line, |band| band.low95)
    })),
    off_paper(money("At most, in 95 of 100", |line| {
        band(line, |band| band.high95)
    })),
    off_paper(text("Method", |line| Cell::text(line.method))),
    off_paper(text("Why there is none", |line| {
        maybe(line.reason.as_deref())
    })),
];

fn band(line: &MonthLine, of: fn(&Band) -> Money) -> Cell<'_> {
    Cell::maybe(line.band.as_ref(), |band| Cell::Money(of(band)))
}

/// What the running month and the next will cost, all together and by row.
///
/// # Errors
/// As [`forecast::forecast`].
pub async fn forecast(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: ForecastAsk,
) -> Result<Table, WorkspaceError> {
    let facts = Facts::default().metric(ask.metric).filter(&ask.filter);
    let found = forecast::forecast(cx, by, ask).await?;
    let facts = facts.with("Seen from", found.today.to_string());
    let rows = found.results.into_iter().flat_map(lines).collect();
    let of = found.today.to_string();
    Ok(Table::kept(&listed::FORECAST, of, facts, COLUMNS, rows))
}

fn lines(result: CurrencyForecast) -> Vec<MonthLine> {
    let all = std::iter::once((result.total, true))
        .chain(result.rows.into_iter().map(|row| (row, false)));
    all.flat_map(|(row, is_total)| {
        let RowForecast {
            name,
            method,
            reason,
            months,
            ..
        } = row;
        months.into_iter().map(move |month| MonthLine {
            name: if is_total {
                "All".to_owned()
            } else {
                name.label.clone()
            },
            key: if is_total {
                String::new()
            } else {
                name.key.clone()
            },
            method: method.word(),
            reason: reason.clone(),
            month: month.month,
            actual: month.actual,
            band: month.band,
        })
    })
    .collect()
}
