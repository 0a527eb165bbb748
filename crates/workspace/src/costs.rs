//! What was spent, by whom or on what.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, Currency, DayRange, Metric, Money, ViewCosts};
use tallyport_store::{By, Cell, Filter, Interval, PeriodVersion, Reads, RowName, UNOWNED};

use crate::filters::{FilterAsk, basis};
use crate::{Context, Grant, WorkspaceError};

/// A question about costs.
#[derive(Debug, Clone)]
pub struct CostsAsk {
    /// The days.
    pub days: DayRange,
    /// What the rows are.
    pub by: By,
    /// Which amounts.
    pub metric: Metric,
    /// What the columns are.
    pub interval: Interval,
    /// Whether to compare with the range of the same kind just before.
    pub compare: bool,
    /// Which charges.
    pub filter: FilterAsk,
}

/// What was spent.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// The days.
    pub days: DayRange,
    /// The range that is compared with.
    pub previous_days: Option<DayRange>,
    /// The columns, in order; none for [`Interval::None`].
    pub columns: Vec<Column>,
    /// One result a currency: currencies are never added.
    pub results: Vec<CurrencyCosts>,
    /// The versions that the figures rest on.
    pub basis: Vec<PeriodVersion>,
}

/// A column: days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub key: String,
    /// Its days.
    pub days: DayRange,
}

/// The figures of one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrencyCosts {
    /// The currency.
    pub currency: Currency,
    /// The rows, the largest first.
    pub rows: Vec<CostRow>,
    /// The sum of all rows.
    pub total: Money,
    /// The sum of each column.
    pub column_totals: Vec<Money>,
    /// The sum of the range before.
    pub previous_total: Option<Money>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct CostRow {
    /// Its key and label; the key is what a filter takes.
    pub name: RowName,
    /// Over all days.
    pub amount: Money,
    /// In each column.
    pub cells: Vec<Money>,
    /// In the range before.
    pub previous: Option<Money>,
}

/// Columns that one answer has at most.
const COLUMNS: usize = 750;

/// Answers a question about costs. By person, team or client there is always a row for what nobody
/// owns, even if that is nothing.
///
/// # Errors
/// An unknown name in the filter, or more columns than one answer holds.
pub async fn costs(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: CostsAsk,
) -> Result<Costs, WorkspaceError> {
    cx.store
        .read(move |r| {
            let filter = ask.filter.resolve(r)?;
            answer(r, &ask, &filter)
        })
        .await
}

pub(crate) fn answer(
    r: &Reads<'_>,
    ask: &CostsAsk,
    filter: &Filter,
) -> Result<Costs, WorkspaceError> {
    let columns = columns(ask.days, ask.interval)?;
    let cells = r.costs(ask.days, ask.metric, &ask.by, ask.interval, filter)?;
    let previous_days = if ask.compare { ask.days.before() } else { None };
    let previous = match previous_days {
        Some(days) => r.costs(days, ask.metric, &ask.by, Interval::None, filter)?,
        None => Vec::new(),
    };
    let basis = basis(r, ask.days, filter.versions.as_deref())?;
    Ok(Costs {
        results: results(ask, &columns, cells, previous)?,
        days: ask.days,
        previous_days,
        columns,
        basis,
    })
}

/// One row on its way: its amount, its cells and what it was before.
struct Building {
    amount: i128,
    cells: Vec<i128>,
    previous: i128,
}

fn results(
    ask: &CostsAsk,
    columns: &[Column],
    cells: Vec<Cell>,
    previous: Vec<Cell>,
) -> Result<Vec<CurrencyCosts>, WorkspaceError> {
    let places: HashMap<i64, usize> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| (column_number(column.days.from(), ask.interval), place))
        .collect();
    let empty = || Building {
        amount: 0,
        cells: vec![0; columns.len()],
        previous: 0,
    };
    let mut found: BTreeMap<Currency, BTreeMap<RowName, Building>> = BTreeMap::new();
    for cell in cells {
        let rows = found.entry(cell.currency).or_default();
        let row = rows.entry(cell.row).or_insert_with(empty);
        row.amount += cell.nanos;
        if let Some(place) = places.get(&cell.column) {
            row.cells[*place] += cell.nanos;
        }
    }
    for cell in previous {
        let rows = found.entry(cell.currency).or_default();
        rows.entry(cell.row).or_insert_with(empty).previous += cell.nanos;
    }
    let with_unowned = matches!(ask.by, By::Person | By::Team | By::Client);
    let mut results = Vec::new();
    for (currency, mut rows) in found {
        if with_unowned && !rows.keys().any(|name| name.key == UNOWNED) {
            rows.insert(RowName::unowned(), empty());
        }
        results.push(result(ask.compare, currency, rows, columns.len())?);
    }
    Ok(results)
}

fn result(
    compare: bool,
    currency: Currency,
    rows: BTreeMap<RowName, Building>,
    columns: usize,
) -> Result<CurrencyCosts, WorkspaceError> {
    let money = |nanos| Money::from_nanos(nanos, currency);
    let mut built: Vec<CostRow> = rows
        .into_iter()
        .map(|(name, row)| CostRow {
            name,
            amount: money(row.amount),
            cells: row.cells.into_iter().map(money).collect(),
            previous: compare.then(|| money(row.previous)),
        })
        .collect();
    // Rows came by key, so equal amounts keep that order.
    built.sort_by_key(|row| std::cmp::Reverse(row.amount.nanos()));
    let sum = |of: &dyn Fn(&CostRow) -> Money| {
        let parts: Vec<Money> = built.iter().map(of).collect();
        Money::sum(&parts, currency).map_err(|error| WorkspaceError::invalid("days", error))
    };
    let total = sum(&|row| row.amount)?;
    let column_totals = (0..columns)
        .map(|at| sum(&|row| row.cells[at]))
        .collect::<Result<_, _>>()?;
    let previous_total = if compare {
        Some(sum(&|row| row.previous.unwrap_or(Money::zero(currency)))?)
    } else {
        None
    };
    Ok(CurrencyCosts {
        currency,
        total,
        column_totals,
        previous_total,
        rows: built,
    })
}

fn columns(days: DayRange, interval: Interval) -> Result<Vec<Column>, WorkspaceError> {
    let mut columns = Vec::new();
    if interval == Interval::None {
        return Ok(columns);
    }
    let mut from = days.from();
    while from <= days.to() {
        let to = match interval {
            Interval::Day | Interval::None => from,
            Interval::Month => from.last_of_month().min(days.to()),
        };
        let key = match interval {
            Interval::Month => BillingPeriod::of(from)?.to_string(),
            Interval::Day | Interval::None => from.to_string(),
        };
        columns.push(Column {
            key,
            days: DayRange::new(from, to)?,
        });
        if columns.len() > COLUMNS {
            return Err(WorkspaceError::invalid(
                "interval",
                format!("more than {COLUMNS} columns: ask for fewer days, or by month"),
            ));
        }
        match to.checked_add(1.day()) {
            Ok(next) => from = next,
            Err(_) => break,
        }
    }
    Ok(columns)
}

/// The number that the store gives the column that begins on `day`.
fn column_number(day: Date, interval: Interval) -> i64 {
    let month = i64::from(day.year()) * 100 + i64::from(day.month());
    match interval {
        Interval::None => 0,
        Interval::Day => month * 100 + i64::from(day.day()),
        Interval::Month => month,
    }
}
