//! Invoices, accounts, and what they are made by: prices, buyers, taxes, exchange rates.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use tallyport_ledger::{Currency, DayRange, IssueInvoices, ReadInvoices};
use tallyport_workspace::{Context, InvoiceId, tables};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::exchange_rates::ExchangeRatesQuestion;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Nothing, Query};
use crate::invoices::{ComparisonQuestion, InvoicesQuestion};
use crate::owners::{OwnerName, recipient};
use crate::problem::{Problem, sentence};
use crate::wire::{Day, Month};

/// Which invoice.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoiceFileQuestion {
    /// Its number in this workspace, from the draft on.
    pub invoice: i64,
}

/// Whose account, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountFileQuestion {
    /// person:NAME, team:NAME or client:NAME, or kind and number.
    pub r#for: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RestatementsFileQuestion {
    /// The month.
    pub month: Month,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_invoices))
        .routes(guarded_routes!(export_invoice_lines))
        .routes(guarded_routes!(export_account))
        .routes(guarded_routes!(export_restatements))
        .routes(guarded_routes!(export_invoice_comparison))
        .routes(guarded_routes!(export_price_books))
        .routes(guarded_routes!(export_buyers))
        .routes(guarded_routes!(export_tax_rates))
        .routes(guarded_routes!(export_exchange_rates))
}

/// Invoices, drafts among them, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/invoices",
    tag = "exports",
    params(InvoicesQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_invoices(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<InvoicesQuestion>>,
) -> Result<Response, Problem> {
    let ask = ask.asked(&context, &by).await?;
    let table = tables::invoices(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// The lines of an invoice, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/invoice-lines",
    tag = "exports",
    params(InvoiceFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_invoice_lines(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<InvoiceFileQuestion>>,
) -> Result<Response, Problem> {
    let invoice = InvoiceId(ask.invoice);
    let table = tables::invoice_lines(&context, &by.grant, invoice).await?;
    answer(&context, table, layout).await
}

/// What a recipient was asked for, was credited and paid, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/account",
    tag = "exports",
    params(AccountFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_account(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<AccountFileQuestion>>,
) -> Result<Response, Problem> {
    let whom = recipient(&context, &by, OwnerName::Text(ask.r#for)).await?;
    let table = tables::account(&context, &by.grant, whom, (ask.from.0, ask.to.0)).await?;
    answer(&context, table, layout).await
}

/// What changed of a month after it was billed, by line, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/restatements",
    tag = "exports",
    params(RestatementsFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_restatements(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<RestatementsFileQuestion>>,
) -> Result<Response, Problem> {
    let table = tables::restatements(&context, &by.grant, ask.month.0).await?;
    answer(&context, table, layout).await
}

/// A month beside the one before it, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/invoice-comparison",
    tag = "exports",
    params(ComparisonQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_invoice_comparison(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<ComparisonQuestion>>,
) -> Result<Response, Problem> {
    let (month, kind) = ask.asked()?;
    let table = tables::invoice_comparison(&context, &by.grant, month, kind).await?;
    answer(&context, table, layout).await
}

/// Every entry of every price book, as it counts now, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/price-books",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_price_books(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::price_books(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// Whom invoices are made out to, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/buyers",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_buyers(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::buyers(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// What tax is charged where and when, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/tax-rates",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_tax_rates(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::tax_rates(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// What sources said of currencies, the latest day first, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/exchange-rates",
    tag = "exports",
    params(ExchangeRatesQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_exchange_rates(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<ExchangeRatesQuestion>>,
) -> Result<Response, Problem> {
    let ExchangeRatesQuestion { from, to, currency } = ask;
    let (from, to) = (
        from.map_or(Date::ZERO, |day| day.0),
        to.map_or(Date::MAX, |day| day.0),
    );
    let days =
        DayRange::new(from, to).map_err(|error| Problem::invalid(sentence(&error.to_string())))?;
    let currency = currency
        .map(|code| code.parse::<Currency>())
        .transpose()
        .map_err(|error| Problem::invalid(sentence(&error.to_string())))?;
    let table = tables::exchange_rates(&context, &by.grant, days, currency).await?;
    answer(&context, table, layout).await
}
