//! The ledger for other programs.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, export};
use utoipa_axum::router::OpenApiRouter;

use crate::costs::days;
use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::problem::Problem;
use crate::tables::streamed;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::wire::{Day, Month, shown};

/// Which days, and as what: a month, or days from the first to the last.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// csv or parquet; csv unless said otherwise.
    pub format: Option<String>,
}

/// Says how many charges a file has before it comes.
const CHARGES: HeaderName = HeaderName::from_static("x-charges");

fn layout(word: Option<&str>) -> Result<export::Layout, Problem> {
    match word {
        None | Some("csv") => Ok(export::Layout::Csv),
        Some("parquet") => Ok(export::Layout::Parquet),
        Some(word) => Err(Problem::invalid(format!(
            "FOCUS is not exported as \"{}\": csv or parquet.",
            shown(word)
        ))),
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(export_focus))
}

/// The counted charges as a FOCUS 1.2 file, with who owns each in columns of our own.
#[utoipa::path(
    get, path = "/exports/focus", tag = "exports",
    params(ExportQuestion, crate::costs::Filters),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Problem)
)]
async fn export_focus(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<ExportQuestion>,
) -> Result<Response, Problem> {
    let ExportQuestion {
        month,
        from,
        to,
        format,
    } = ask;
    let layout = layout(format.as_deref())?;
    let ask = export::ExportAsk {
        days: days(month, from, to)?,
        filter: filters.into(),
        layout,
    };
    let export::Export {
        name,
        charges,
        pieces,
    } = export::focus(&context, &by.grant, ask).await?;
    let headers = [
        (CONTENT_TYPE, layout.media_type().to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (CHARGES, charges.to_string()),
    ];
    Ok((headers, streamed(pieces).await?).into_response())
}
