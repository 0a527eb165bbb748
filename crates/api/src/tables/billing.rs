//! Invoices.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tallyport_ledger::ReadInvoices;
use tallyport_workspace::{Context, InvoiceId, tables};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::invoices::InvoicesQuestion;
use crate::problem::Problem;

/// Which invoice.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoiceFileQuestion {
    /// Its number in this workspace, from the draft on.
    pub invoice: i64,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_invoices))
        .routes(guarded_routes!(export_invoice_lines))
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
