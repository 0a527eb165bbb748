//! The interface's files, built by `npm run build` in `ui/` and carried inside the program.

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};

use crate::problem::Problem;

#[derive(Embed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Files;

const MISSING: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<title>Tallyport</title><h1>The interface is not built yet</h1>\
<p>This program was compiled without it. Run <code>npm ci &amp;&amp; npm run build</code> in \
<code>ui/</code>, then build the program again; or run <code>cargo xtask run</code>, which does \
both.</p><p>The programming interface works: <a href=\"/api/v1/openapi.json\">its \
description</a>.</p></html>";

/// Answers every address that is no route: a file of the interface, or its first page, which
/// knows its own places. Under `/api` there is nothing of the kind.
pub(crate) async fn file(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Problem::new(
            StatusCode::NOT_FOUND,
            "request.not-found",
            "There is nothing at this address.",
        )
        .hint("GET /api/v1/openapi.json lists what there is.")
        .into_response();
    }
    match Files::get(path) {
        Some(found) => shown(path, found),
        None if path.starts_with("assets/") => StatusCode::NOT_FOUND.into_response(),
        None => match Files::get("index.html") {
            Some(index) => shown("index.html", index),
            None => page(MISSING.as_bytes().to_vec(), "text/html; charset=utf-8"),
        },
    }
}

fn shown(path: &str, file: EmbeddedFile) -> Response {
    let mut answer = page(file.data.into_owned(), kind(path));
    // Names under assets/ carry a hash of their content.
    if path.starts_with("assets/") {
        answer.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    }
    answer
}

fn page(bytes: Vec<u8>, kind: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
