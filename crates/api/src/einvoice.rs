//! Issued invoices in electronic form.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tallyport_ledger::ReadInvoices;
use tallyport_workspace::{Context, InvoiceId, invoices};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::Problem;
use crate::wire::shown;

/// In which syntax.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SyntaxQuestion {
    /// ubl (UBL 2.1) or cii (CII D16B); ubl unless said otherwise.
    pub syntax: Option<String>,
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(invoice_xml))
}

/// An issued invoice or credit note by EN 16931. What it lacks is named field by field.
#[utoipa::path(
    get, path = "/invoices/{id}/xml", tag = "invoices",
    params(("id" = i64, Path), SyntaxQuestion),
    responses((status = 200, body = Vec<u8>, content_type = "application/xml"), Problem)
)]
async fn invoice_xml(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<SyntaxQuestion>,
) -> Result<Response, Problem> {
    let (syntax, word) = match ask.syntax.as_deref() {
        None | Some("ubl") => (invoices::Syntax::Ubl, "ubl"),
        Some("cii") => (invoices::Syntax::Cii, "cii"),
        Some(word) => {
            return Err(Problem::invalid(format!(
                "\"{}\" is no syntax of electronic invoices: ubl or cii.",
                shown(word)
            )));
        }
    };
    let xml = invoices::electronic(&context, &by.grant, InvoiceId(id), syntax).await?;
    let headers = [
        (CONTENT_TYPE, "application/xml".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"invoice-{id}-{word}.xml\""),
        ),
    ];
    Ok((headers, xml).into_response())
}
