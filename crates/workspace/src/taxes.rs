//! Tables of tax rates: those that the program knows, and those that a person entered, which count instead.

mod rules;

use jiff::civil::Date;
use serde_json::json;
use tallyport_ledger::tax::{KNOWN_RATES_CHECKED, KNOWN_RATES_SOURCE, known_tables};
use tallyport_ledger::{Country, IssueInvoices, ReadInvoices, TaxError, TaxPeriod, TaxTable};
use tallyport_store::{Reads, StoredTaxTable};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

pub use rules::{rules, set_rules};

/// A country's table of tax rates, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxTableView {
    /// The rates.
    pub table: TaxTable,
    /// Where they are from.
    pub source: String,
    /// When they were written down.
    pub checked_on: Date,
    /// Whether a person entered it.
    pub own: bool,
}

/// All tables, by country.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
) -> Result<Vec<TaxTableView>, WorkspaceError> {
    cx.store
        .read(|r| {
            let mut tables: Vec<TaxTableView> = r.own_tax_tables()?.into_iter().map(own).collect();
            for table in known_tables() {
                let entered = tables
                    .iter()
                    .any(|own| own.table.country() == table.country());
                if !entered {
                    tables.push(known(table));
                }
            }
            tables.sort_by_key(|view| view.table.country());
            Ok(tables)
        })
        .await
}

/// The table of one country.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn get(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    country: Country,
) -> Result<TaxTableView, WorkspaceError> {
    cx.store
        .read(move |r| table_of(r, country)?.ok_or_else(|| not_there(country)))
        .await
}

/// Enters a country's table, which counts from the next draft on.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the days of a gap or of an overlap.
pub async fn put(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    country: Country,
    periods: Vec<TaxPeriod>,
    source: String,
) -> Result<TaxTableView, WorkspaceError> {
    if periods.is_empty() {
        return Err(WorkspaceError::invalid("rates", "a table has rates"));
    }
    crate::parties::line("source", &source)?;
    let table = TaxTable::new(country, periods).map_err(refused)?;
    let (trail, changed_on) = (Trail::of(cx, by), cx.today());
    cx.store
        .write(move |w| {
            let before = w.own_tax_table(country)?;
            let stored = StoredTaxTable {
                table,
                source,
                changed_on,
            };
            let same = |before: &StoredTaxTable| {
                (&before.table, &before.source) == (&stored.table, &stored.source)
            };
            if !before.as_ref().is_some_and(same) {
                w.put_tax_table(&stored)?;
                let details = json!({
                    "before": before.as_ref().map(|before| told(&before.table)),
                    "after": told(&stored.table),
                    "source": stored.source,
                });
                trail.keep(w, "tax-table.changed", country.code(), &details)?;
            }
            Ok(own(stored))
        })
        .await
}

/// Forgets a table that a person entered: what the program knows counts again.
///
/// # Errors
/// [`WorkspaceError::NotFound`] if there is none.
pub async fn reset(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    country: Country,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w
                .own_tax_table(country)?
                .ok_or_else(|| not_there(country))?;
            w.forget_tax_table(country)?;
            let details = json!({ "before": told(&before.table) });
            Ok(trail.keep(w, "tax-table.reset", country.code(), &details)?)
        })
        .await
}

/// The table that counts for `country`.
pub(crate) fn table_of(
    r: &Reads<'_>,
    country: Country,
) -> Result<Option<TaxTableView>, WorkspaceError> {
    if let Some(stored) = r.own_tax_table(country)? {
        return Ok(Some(own(stored)));
    }
    let mut tables = known_tables().into_iter();
    Ok(tables.find(|table| table.country() == country).map(known))
}

fn own(stored: StoredTaxTable) -> TaxTableView {
    let StoredTaxTable {
        table,
        source,
        changed_on,
    } = stored;
    TaxTableView {
        table,
        source,
        checked_on: changed_on,
        own: true,
    }
}

fn known(table: TaxTable) -> TaxTableView {
    TaxTableView {
        table,
        source: KNOWN_RATES_SOURCE.to_owned(),
        checked_on: KNOWN_RATES_CHECKED,
        own: false,
    }
}

fn not_there(country: Country) -> WorkspaceError {
    WorkspaceError::NotFound {
        what: "table of tax rates for",
        name: country.to_string(),
    }
}

fn refused(error: TaxError) -> WorkspaceError {
    WorkspaceError::invalid("rates", error)
}

fn told(table: &TaxTable) -> serde_json::Value {
    let rate = |period: &TaxPeriod| {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        json!({
            "region": period.region,
            "category": period.category.word(),
            "rate_ppm": period.rate.parts_per_million(),
            "from": day(period.valid.from()),
            "to": day(period.valid.to()),
        })
    };
    table.periods().iter().map(rate).collect()
}
