//! Reports on paper.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tallyport_ledger::ViewCosts;
use tallyport_workspace::Context;
use tallyport_workspace::letterhead::Language;
use tallyport_workspace::reports::{ReportKind, report};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Problem, sentence};
use crate::wire::{Month, shown};

/// Of which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuestion {
    /// The month; the latest loaded one unless said otherwise.
    pub month: Option<Month>,
    /// en, de, fr or es; that of the workspace's documents unless said otherwise.
    pub language: Option<String>,
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(report_pdf))
}

/// A report as a PDF: summary, costs-by-person, budgets or savings.
#[utoipa::path(
    get, path = "/reports/{report}", tag = "reports",
    params(("report" = String, Path), ReportQuestion),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Problem)
)]
async fn report_pdf(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(name): Path<String>,
    Query(question): Query<ReportQuestion>,
) -> Result<Response, Problem> {
    let kind = ReportKind::from_word(&name).ok_or_else(|| {
        let known = ReportKind::ALL.map(ReportKind::word).join(", ");
        Problem::invalid(format!("There is no report \"{}\": {known}.", shown(&name)))
    })?;
    let ReportQuestion { month, language } = question;
    let language = language.map(|code| code.parse::<Language>());
    let language = language
        .transpose()
        .map_err(|error| Problem::invalid(sentence(&error.to_string())))?;
    let month = month.map(|Month(month)| month);
    let (month, bytes) = report(&context, &by.grant, kind, month, language).await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("inline; filename=\"{}-{month}.pdf\"", kind.word()),
        ),
    ];
    Ok((headers, bytes).into_response())
}
