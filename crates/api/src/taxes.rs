//! Tables of tax rates.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{self as ledger, Country, IssueInvoices, ReadInvoices, Validity};
use tallyport_workspace::{Context, taxes};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::buyers::category;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::parties::{given, read, wrong};
use crate::problem::{Answer, Problem};
use crate::settings::{percent, rate};
use crate::wire::Day;

/// Tables of tax rates.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxTables {
    /// By country.
    pub tables: Vec<TaxTable>,
}

/// The tax rates of one country.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxTable {
    /// Two letters of ISO 3166-1.
    pub country: String,
    /// Where the rates are from.
    pub source: String,
    /// When they were written down.
    pub checked_on: Day,
    /// Whether a person entered it; else it is the program's.
    pub own: bool,
    /// By region, category and day.
    pub rates: Vec<TaxTableRate>,
}

/// A rate and the days on which it holds.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxTableRate {
    /// The region it is for; the whole country if absent.
    #[schema(required)]
    pub region: Option<String>,
    /// standard, reduced, zero or `out_of_scope`, which says that the country has no such tax.
    pub category: String,
    /// The rate in percent, as decimal text.
    #[schema(example = "19")]
    pub percent: String,
    /// The first day; open if absent.
    #[schema(required)]
    pub from: Option<Day>,
    /// The last day; open if absent.
    #[schema(required)]
    pub to: Option<Day>,
}

/// A table to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaxTable {
    /// Where the rates are from.
    pub source: String,
    /// The rates, whose days leave no gap.
    pub rates: Vec<TaxTableRate>,
}

impl From<taxes::TaxTableView> for TaxTable {
    fn from(view: taxes::TaxTableView) -> Self {
        let taxes::TaxTableView {
            table,
            source,
            checked_on,
            own,
        } = view;
        Self {
            country: table.country().to_string(),
            source,
            checked_on: Day(checked_on),
            own,
            rates: table.periods().iter().cloned().map(Into::into).collect(),
        }
    }
}

impl From<ledger::TaxPeriod> for TaxTableRate {
    fn from(period: ledger::TaxPeriod) -> Self {
        let ledger::TaxPeriod {
            region,
            category,
            rate,
            valid,
        } = period;
        Self {
            region,
            category: category.word().to_owned(),
            percent: percent(rate),
            from: valid.from().map(Day),
            to: valid.to().map(Day),
        }
    }
}

impl TryFrom<TaxTableRate> for ledger::TaxPeriod {
    type Error = Problem;

    fn try_from(row: TaxTableRate) -> Result<Self, Problem> {
        let TaxTableRate {
            region,
            category: word,
            percent,
            from,
            to,
        } = row;
        let days = (from.map(|day| day.0), to.map(|day| day.0));
        Ok(Self {
            region: given(region),
            category: category(&word)?,
            rate: rate("percent", &percent)?,
            valid: Validity::new(days.0, days.1)
                .map_err(|error| wrong("from", &error.to_string()))?,
        })
    }
}

fn country(code: &str) -> Result<Country, Problem> {
    read("country", code)
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(tax_tables))
        .routes(guarded_routes!(tax_table))
        .routes(guarded_routes!(put_tax_table))
        .routes(guarded_routes!(reset_tax_table))
}

/// Tables of tax rates: the program's, and those that a person entered, which count instead.
#[utoipa::path(
    get, path = "/tax-tables", tag = "invoices",
    responses((status = 200, body = TaxTables), Problem)
)]
async fn tax_tables(by: Caller<ReadInvoices>, State(context): State<Context>) -> Answer<TaxTables> {
    let tables = taxes::list(&context, &by.grant).await?;
    Ok(axum::Json(TaxTables {
        tables: tables.into_iter().map(TaxTable::from).collect(),
    }))
}

/// The tax rates of one country.
#[utoipa::path(
    get, path = "/tax-tables/{country}", tag = "invoices",
    params(("country" = String, Path)),
    responses((status = 200, body = TaxTable), Problem)
)]
async fn tax_table(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(code): Path<String>,
) -> Answer<TaxTable> {
    let table = taxes::get(&context, &by.grant, country(&code)?).await?;
    Ok(axum::Json(table.into()))
}

/// Enters the tax rates of one country; a gap or an overlap of days is refused by name.
#[utoipa::path(
    put, path = "/tax-tables/{country}", tag = "invoices",
    params(("country" = String, Path)),
    responses((status = 200, body = TaxTable), Problem)
)]
async fn put_tax_table(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(code): Path<String>,
    Json(ask): Json<NewTaxTable>,
) -> Answer<TaxTable> {
    let NewTaxTable { source, rates } = ask;
    let periods = rates
        .into_iter()
        .map(ledger::TaxPeriod::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    let table = taxes::put(&context, &by.grant, country(&code)?, periods, source).await?;
    Ok(axum::Json(table.into()))
}

/// Forgets the rates that a person entered: the program's count again.
#[utoipa::path(
    delete, path = "/tax-tables/{country}", tag = "invoices",
    params(("country" = String, Path)),
    responses((status = 204), Problem)
)]
async fn reset_tax_table(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(code): Path<String>,
) -> Result<StatusCode, Problem> {
    taxes::reset(&context, &by.grant, country(&code)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
