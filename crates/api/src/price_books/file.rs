//! A price book as a file, in and out.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tallyport_ledger::IssueInvoices;
use tallyport_workspace::pricing::{self, Format};
use tallyport_workspace::{Context, PriceBookId};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::PriceBook;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::shown;

/// Which book, and which kind of file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileIn {
    /// The book's name; a new one is added.
    pub name: String,
    /// csv or toml.
    pub format: String,
}

/// Which kind of file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileOut {
    /// csv or toml.
    pub format: String,
}

fn format(word: &str) -> Result<Format, Problem> {
    match word {
        "csv" => Ok(Format::Csv),
        "toml" => Ok(Format::Toml),
        other => Err(Problem::invalid(format!(
            "\"{}\" is no kind of file for a price book: csv or toml.",
            shown(other)
        ))),
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(read_price_book))
        .routes(guarded_routes!(write_price_book))
}

/// Sets a price book to what a file says; what is wrong with it is told by line and column.
#[utoipa::path(
    put, path = "/price-books/file", tag = "price books",
    params(FileIn), request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = PriceBook), Problem)
)]
async fn read_price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Query(ask): Query<FileIn>,
    body: Bytes,
) -> Answer<PriceBook> {
    let text = String::from_utf8(body.into()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::unreadable(format!(
            "The file is not UTF-8 text: byte {at} is not. Save it as UTF-8."
        ))
    })?;
    let format = format(&ask.format)?;
    let book = pricing::read_file(&context, &by.grant, ask.name, format, text).await?;
    Ok(axum::Json(book.into()))
}

/// A price book as a file.
#[utoipa::path(
    get, path = "/price-books/{id}/file", tag = "price books",
    params(("id" = i64, Path), FileOut),
    responses((status = 200, body = String, content_type = "text/plain"), Problem)
)]
async fn write_price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<FileOut>,
) -> Result<Response, Problem> {
    let text =
        pricing::write_file(&context, &by.grant, PriceBookId(id), format(&ask.format)?).await?;
    let kind = match ask.format.as_str() {
        "csv" => "text/csv; charset=utf-8",
        _ => "application/toml; charset=utf-8",
    };
    let name = format!("attachment; filename=\"price-book-{id}.{}\"", ask.format);
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
