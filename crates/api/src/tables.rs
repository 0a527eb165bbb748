//! Every table as a file. Each has a route of its own, so that it demands what the screen demands that shows
//! the same.

mod billing;
mod costs;
mod loaded;
mod owners;
mod tenants;
mod watched;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::tables::{self, CsvLook, Layout, Pieces, Separator, Table};
use tallyport_workspace::{Context, WorkspaceError};
use utoipa::openapi::{ContentBuilder, RefOr, Response as Described, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::problem::{Answer, Problem};
use crate::query;
use crate::wire::shown;

/// As what a table is written, and how a CSV file is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct FileQuestion {
    /// csv, xlsx or pdf; csv unless said otherwise.
    pub format: Option<String>,
    /// What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise.
    pub separator: Option<String>,
    /// What stands before the decimals in a CSV file: point or comma; point unless said otherwise.
    pub decimal: Option<String>,
    /// Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8.
    pub bom: Option<bool>,
}

/// What another question asks, and as what its answer is written.
pub struct AsFile<E>(pub E, pub Layout);

/// Which tables there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tables {
    /// In the order of the places that show them.
    pub tables: Vec<TableBrief>,
}

/// A table that can be had as a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableBrief {
    /// Its name in the address: `/exports/tables/NAME`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its columns; costs have one more a day or month where they are asked for.
    pub columns: Vec<TableColumn>,
}

/// A column of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableColumn {
    /// What it is called.
    pub title: String,
    /// text, currency, day, moment, money, quantity, percent or count.
    pub kind: String,
}

/// A table as a file; what breaks off is not a whole one.
pub struct File;

impl FileQuestion {
    fn layout(self) -> Result<Layout, Problem> {
        let Self {
            format,
            separator,
            decimal,
            bom,
        } = self;
        let unknown = |what: &str, word: &str, known: &str| {
            Problem::invalid(format!("\"{}\" is no {what}: {known}.", shown(word)))
        };
        let look = CsvLook {
            separator: match separator.as_deref() {
                None | Some("comma") => Separator::Comma,
                Some("semicolon") => Separator::Semicolon,
                Some("tab") => Separator::Tab,
                Some(word) => return Err(unknown("separator", word, "comma, semicolon or tab")),
            },
            decimal_comma: match decimal.as_deref() {
                None | Some("point") => false,
                Some("comma") => true,
                Some(word) => return Err(unknown("sign before decimals", word, "point or comma")),
            },
            byte_order_mark: bom.unwrap_or(false),
        };
        match format.as_deref() {
            None | Some("csv") => Ok(Layout::Csv(look)),
            Some("xlsx") => Ok(Layout::Xlsx),
            Some("pdf") => Ok(Layout::Pdf),
            Some(word) => Err(unknown("format of a table", word, "csv, xlsx or pdf")),
        }
    }
}

impl<S: Send + Sync, E: FromRequestParts<S, Rejection = Problem>> FromRequestParts<S>
    for AsFile<E>
{
    type Rejection = Problem;

    /// Takes its own parameters out, so that the other question refuses what neither knows.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let own = query::names::<FileQuestion>();
        let (ours, theirs): (query::Pairs, query::Pairs) = query::pairs(parts.uri.query())
            .into_iter()
            .partition(|(name, _)| own.contains(name));
        let layout = query::read::<FileQuestion>(&ours)?.layout()?;
        let rest = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(theirs)
            .finish();
        let address = format!("{}?{rest}", parts.uri.path());
        parts.uri = address.parse::<Uri>().map_err(|error| {
            Problem::unreadable(format!("The address cannot be read: {error}."))
        })?;
        Ok(Self(E::from_request_parts(parts, state).await?, layout))
    }
}

impl IntoResponses for File {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let described = ResponseBuilder::new()
            .description("The table, piece by piece; an answer that breaks off is not a whole one.")
            .content("text/csv", ContentBuilder::new().build())
            .content(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ContentBuilder::new().build(),
            )
            .content("application/pdf", ContentBuilder::new().build())
            .build();
        BTreeMap::from([("200".to_owned(), described.into())])
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(list_tables))
        .merge(costs::routes())
        .merge(owners::routes())
        .merge(loaded::routes())
        .merge(watched::routes())
        .merge(billing::routes())
        .merge(tenants::routes())
}

/// Which tables can be had as a file.
#[utoipa::path(
    get, path = "/exports/tables", tag = "exports",
    responses((status = 200, body = Tables), Problem)
)]
async fn list_tables(_by: Caller<ViewCosts>) -> Answer<Tables> {
    let tables = tables::LISTED.iter().map(|listed| TableBrief {
        name: listed.name.to_owned(),
        title: listed.title.to_owned(),
        columns: listed
            .columns()
            .into_iter()
            .map(|column| TableColumn {
                title: column.title.into_owned(),
                kind: column.kind.word().to_owned(),
            })
            .collect(),
    });
    Ok(axum::Json(Tables {
        tables: tables.collect(),
    }))
}

/// Writes `table` into the answer.
async fn answer(context: &Context, table: Table, layout: Layout) -> Result<Response, Problem> {
    let tables::TableFile { name, pieces } = tables::write(context, table, layout).await?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|_| Problem::unreadable("The file cannot be called so."))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(layout.media_type())),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, streamed(pieces).await?).into_response())
}

/// The pieces as the body of an answer. What goes wrong before the first byte is a refusal like any other;
/// what goes wrong later breaks the answer off, so that nobody takes a part for the whole.
pub(crate) async fn streamed(mut pieces: Pieces) -> Result<Body, Problem> {
    let first = match pieces.recv().await {
        Some(Err(error)) => return Err(error.into()),
        first => first,
    };
    Ok(Body::from_stream(stream::unfold(
        (first, pieces),
        |(next, mut pieces)| async move {
            let next = match next {
                Some(piece) => Some(piece),
                None => pieces.recv().await,
            };
            next.map(|piece: Result<Vec<u8>, WorkspaceError>| (piece, (None, pieces)))
        },
    )))
}
