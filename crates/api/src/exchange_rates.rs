//! Exchange rates.

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{Currency, DayRange, IssueInvoices, Quote, ReadInvoices};
use tallyport_workspace::{Context, QuotesKept, exchange};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::in_process::LocalFile;
use crate::input::{Json, Query};
use crate::parties::{read, wrong};
use crate::problem::{Answer, Problem};
use crate::wire::Day;

/// The largest file of rates that is taken in.
const LARGEST: usize = 32 << 20;

/// Exchange rates.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExchangeRates {
    /// The latest day first.
    pub rates: Vec<ExchangeRate>,
}

/// What one unit of a currency was worth in another on a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRate {
    /// Of what one unit is.
    #[schema(example = "EUR")]
    pub from: String,
    /// In what it is said.
    #[schema(example = "USD")]
    pub to: String,
    /// How many of the other one unit is, as decimal text with at most nine decimals.
    #[schema(example = "1.1196")]
    pub rate: String,
    /// The day.
    pub day: Day,
    /// Who says so, such as ECB.
    pub source: String,
}

/// Which rates.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExchangeRatesQuestion {
    /// The first day.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// Only those of or in this currency.
    pub currency: Option<String>,
}

/// Which rate is to be forgotten.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExchangeRateName {
    /// Of what one unit is.
    pub from: String,
    /// In what it is said.
    pub to: String,
    /// The day.
    pub day: Day,
    /// Who says so.
    pub source: String,
}

/// What was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExchangeRatesKept {
    /// New rates.
    pub added: u64,
    /// Rates that were different before.
    pub changed: u64,
    /// Rates that were there already.
    pub unchanged: u64,
}

impl From<Quote> for ExchangeRate {
    fn from(quote: Quote) -> Self {
        Self {
            from: quote.base().to_string(),
            to: quote.quoted().to_string(),
            rate: quote.to_decimal(),
            day: Day(quote.day()),
            source: quote.source().to_owned(),
        }
    }
}

impl TryFrom<ExchangeRate> for Quote {
    type Error = Problem;

    fn try_from(rate: ExchangeRate) -> Result<Self, Problem> {
        let ExchangeRate {
            from,
            to,
            rate,
            day,
            source,
        } = rate;
        Self::parse(pair(&from, &to)?, rate.trim(), day.0, source.trim())
            .map_err(|error| wrong("rate", &error.to_string()))
    }
}

impl From<QuotesKept> for ExchangeRatesKept {
    fn from(kept: QuotesKept) -> Self {
        let QuotesKept {
            added,
            changed,
            unchanged,
        } = kept;
        Self {
            added,
            changed,
            unchanged,
        }
    }
}

fn pair(from: &str, to: &str) -> Result<(Currency, Currency), Problem> {
    Ok((read("from", from)?, read("to", to)?))
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(exchange_rates))
        .routes(guarded_routes!(add_exchange_rate))
        .routes(guarded_routes!(delete_exchange_rate))
        .routes(guarded_routes!(import_exchange_rates))
}

/// Exchange rates, those that people entered before those of files.
#[utoipa::path(
    get, path = "/exchange-rates", tag = "invoices",
    params(ExchangeRatesQuestion),
    responses((status = 200, body = ExchangeRates), Problem)
)]
async fn exchange_rates(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Query(ask): Query<ExchangeRatesQuestion>,
) -> Answer<ExchangeRates> {
    let ExchangeRatesQuestion { from, to, currency } = ask;
    let first = from.map_or(Date::ZERO, |day| day.0);
    let last = to.map_or(Date::MAX, |day| day.0);
    let days = DayRange::new(first, last).map_err(|error| wrong("from", &error.to_string()))?;
    let currency = currency.map(|code| read("currency", &code)).transpose()?;
    let rates = exchange::list(&context, &by.grant, days, currency).await?;
    Ok(axum::Json(ExchangeRates {
        rates: rates.into_iter().map(ExchangeRate::from).collect(),
    }))
}

/// Enters a rate.
#[utoipa::path(
    post, path = "/exchange-rates", tag = "invoices",
    responses((status = 201, body = ExchangeRatesKept), Problem)
)]
async fn add_exchange_rate(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Json(rate): Json<ExchangeRate>,
) -> Result<(StatusCode, axum::Json<ExchangeRatesKept>), Problem> {
    let kept = exchange::add(&context, &by.grant, rate.try_into()?).await?;
    Ok((StatusCode::CREATED, axum::Json(kept.into())))
}

/// Forgets a rate; what was converted by it stays as it is.
#[utoipa::path(
    delete, path = "/exchange-rates", tag = "invoices",
    params(ExchangeRateName),
    responses((status = 204), Problem)
)]
async fn delete_exchange_rate(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Query(name): Query<ExchangeRateName>,
) -> Result<StatusCode, Problem> {
    let ExchangeRateName {
        from,
        to,
        day,
        source,
    } = name;
    exchange::delete(&context, &by.grant, pair(&from, &to)?, day.0, source).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Imports the file in the body: the European Central Bank's reference rates as CSV or XML.
#[utoipa::path(
    post, path = "/exchange-rates/import", tag = "invoices",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ExchangeRatesKept), Problem)
)]
async fn import_exchange_rates(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    local: Option<Extension<LocalFile>>,
    body: Body,
) -> Answer<ExchangeRatesKept> {
    let file = match local {
        Some(Extension(LocalFile(path))) => tokio::fs::read(&path)
            .await
            .map_err(|error| Problem::unreadable(format!("{}: {error}.", path.display())))?,
        None => axum::body::to_bytes(body, LARGEST)
            .await
            .map_err(|_| {
                Problem::unreadable("The file did not arrive whole, or has more than 32 MiB.")
            })?
            .to_vec(),
    };
    let kept = exchange::import(&context, &by.grant, file).await?;
    Ok(axum::Json(kept.into()))
}
