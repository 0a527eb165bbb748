//! Loads bills from files.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use serde::Deserialize;
use tallyport_ledger::LoadCosts;
use tallyport_workspace::{Context, import as imports};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::in_process::LocalFile;
use crate::input::Query;
use crate::jobs::Job;
use crate::passing::Passing;
use crate::problem::Problem;

/// How to import.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportQuestion {
    /// The file's name, for the record.
    pub name: Option<String>,
    /// The client whose bill it is: name or number.
    pub client: Option<String>,
    /// Keep what is loaded for the same billing period: the bill comes in parts.
    #[serde(default)]
    pub add: bool,
    /// Import the rest of a file that has bad rows; the rows left out are recorded.
    #[serde(default)]
    pub skip_bad_rows: bool,
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(import))
}

fn missing(path: &Path) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "file.not-found",
        format!("There is no file or folder {}.", path.display()),
    )
}

/// Imports the file in the body: FOCUS 1.0-1.2 or Cost and Usage Report, CSV or Parquet. Window and
/// command line name a file, a manifest or a folder instead. Imports that are asked for at once wait for one
/// another, in that order.
#[utoipa::path(
    post, path = "/imports", tag = "imports", params(ImportQuestion),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn import(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Query(ask): Query<ImportQuestion>,
    local: Option<Extension<LocalFile>>,
    body: Body,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let ImportQuestion {
        name,
        client,
        add,
        skip_bad_rows,
    } = ask;
    let mut ask = imports::ImportAsk {
        path: PathBuf::new(),
        name,
        client,
        add,
        skip_bad_rows,
        passing: false,
    };
    let job = match local {
        Some(Extension(LocalFile(path))) => {
            if !path.exists() {
                return Err(missing(&path));
            }
            ask.path = path;
            imports::import(&context, &by.grant, ask).await?
        }
        None => {
            let file = Passing::new(&context, "import");
            file.receive(body).await?;
            ask.passing = true;
            ask.name = ask.name.or_else(|| Some("the uploaded file".to_owned()));
            ask.path = file.path().to_owned();
            let job = imports::import(&context, &by.grant, ask).await?;
            // From here on the job deletes it.
            file.keep();
            job
        }
    };
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}
