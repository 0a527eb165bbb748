//! How documents look.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{AdministerWorkspace, ViewCosts};
use tallyport_workspace::{Context, letterhead};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::in_process::LocalFile;
use crate::input::Json;
use crate::parties::wrong;
use crate::problem::{Answer, Problem};

/// How documents look.
#[derive(Debug, Serialize, ToSchema)]
pub struct Letterhead {
    /// The language of their own words: en, de, fr or es. A buyer's own language counts before it.
    pub language: String,
    /// a4 or letter.
    pub paper: String,
    /// The colour of bars and marks; null is the house's blue.
    #[schema(example = "#174069")]
    pub brand: Option<String>,
    /// The SHA-256 of the logo; null without one.
    pub logo: Option<String>,
}

/// What documents are to look like.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterheadDraft {
    /// en, de, fr or es.
    pub language: String,
    /// a4 or letter.
    pub paper: String,
    /// A colour; null for the house's blue.
    #[schema(example = "#174069")]
    pub brand: Option<String>,
}

/// More than any logo may have, so that a larger one is told its size and not only refused.
const LARGEST: usize = 64 * 1024 * 1024;

impl From<letterhead::Letterhead> for Letterhead {
    fn from(found: letterhead::Letterhead) -> Self {
        let letterhead::Letterhead {
            language,
            paper,
            brand,
            logo,
        } = found;
        Self {
            language: language.code().to_owned(),
            paper: paper.word().to_owned(),
            brand: brand.map(|brand| brand.to_string()),
            logo,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(letterhead))
        .routes(guarded_routes!(change_letterhead))
        .routes(guarded_routes!(logo))
        .routes(guarded_routes!(set_logo))
        .routes(guarded_routes!(drop_logo))
}

/// How documents look.
#[utoipa::path(
    get, path = "/settings/letterhead", tag = "settings",
    responses((status = 200, body = Letterhead), Problem)
)]
async fn letterhead(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Letterhead> {
    let found = letterhead::read(&context, &by.grant).await?;
    Ok(axum::Json(found.into()))
}

/// Changes it. What is issued or approved keeps its look; a draft gets the new one when it is drafted again.
#[utoipa::path(
    put, path = "/settings/letterhead", tag = "settings",
    responses((status = 200, body = Letterhead), Problem)
)]
async fn change_letterhead(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
    Json(ask): Json<LetterheadDraft>,
) -> Answer<Letterhead> {
    let said = |field| move |error: letterhead::UnknownLook| wrong(field, &error.to_string());
    let brand = ask.brand.filter(|text| !text.is_empty());
    let changed = letterhead::change(
        &context,
        &by.grant,
        ask.language.parse().map_err(said("language"))?,
        ask.paper.parse().map_err(said("paper"))?,
        brand
            .map(|text| text.parse())
            .transpose()
            .map_err(said("brand"))?,
    )
    .await?;
    Ok(axum::Json(changed.into()))
}

/// The logo.
#[utoipa::path(
    get, path = "/settings/letterhead/logo", tag = "settings",
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Problem)
)]
async fn logo(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
) -> Result<impl IntoResponse, Problem> {
    let (bytes, kind) = letterhead::logo(&context, &by.grant).await?;
    // An SVG that is opened as a page of its own runs nothing.
    let headers = [
        (CONTENT_TYPE, kind),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, bytes))
}

/// Sets the logo: the file in the body, a PNG or an SVG of at most 1 MiB.
#[utoipa::path(
    put, path = "/settings/letterhead/logo", tag = "settings",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Letterhead), Problem)
)]
async fn set_logo(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
    local: Option<axum::Extension<LocalFile>>,
    body: Body,
) -> Answer<Letterhead> {
    let bytes = match local {
        Some(axum::Extension(LocalFile(path))) => tokio::fs::read(&path)
            .await
            .map_err(|error| Problem::unreadable(format!("{}: {error}.", path.display())))?,
        None => axum::body::to_bytes(body, LARGEST)
            .await
            .map_err(|_| {
                Problem::unreadable(
                    "The logo did not arrive whole, or has more than 64 MiB; at most 1 MiB can be printed.",
                )
            })?
            .to_vec(),
    };
    let changed = letterhead::set_logo(&context, &by.grant, bytes).await?;
    Ok(axum::Json(changed.into()))
}

/// Takes the logo away.
#[utoipa::path(
    delete, path = "/settings/letterhead/logo", tag = "settings",
    responses((status = 200, body = Letterhead), Problem)
)]
async fn drop_logo(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
) -> Answer<Letterhead> {
    let changed = letterhead::drop_logo(&context, &by.grant).await?;
    Ok(axum::Json(changed.into()))
}
