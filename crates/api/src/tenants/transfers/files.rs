//! Single files of transfers: how each stands, trying one again, and whether what arrived is still there.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_workspace::tenants::{self, Steer};
use tallyport_workspace::{Context, TransferFileId, TransferId};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::{Transfer, steered};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::jobs::Job;
use crate::problem::{Answer, Problem, sentence};

/// Which files.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TransferFilesQuestion {
    /// waiting, underway, completing, done, skipped, clash, failed or cancelled; any if nothing is said.
    pub state: Option<String>,
    /// Only those after this file.
    pub after: Option<i64>,
}

/// Files of a transfer.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferFiles {
    /// In the order in which they were found, a thousand at once.
    pub files: Vec<TransferFile>,
}

/// A file of a transfer, and how it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferFile {
    /// Its number; the next page begins after the last one's.
    pub file: i64,
    /// Its path, from what was chosen on; empty for a file that was chosen itself.
    pub path: String,
    /// The key that it has or is to have; none if it can have none.
    #[schema(required)]
    pub key: Option<String>,
    /// waiting, underway, completing, done, skipped, clash, failed or cancelled.
    pub state: String,
    /// Its size.
    pub bytes: u64,
    /// A stable word for why it is where it is.
    #[schema(required)]
    pub code: Option<String>,
    /// Why it is where it is.
    #[schema(required)]
    pub reason: Option<String>,
}

/// What the store says of a file that arrived.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rechecked {
    /// same: there with its size and checksum; superseded: kept as a version that is not the latest; different, gone
    /// or unknown.
    pub outcome: String,
    /// What differs, or why it could not be found out.
    #[schema(required)]
    pub what: Option<String>,
}

impl From<tallyport_workspace::TransferFile> for TransferFile {
    fn from(file: tallyport_workspace::TransferFile) -> Self {
        let tallyport_workspace::TransferFile {
            id,
            root: _,
            path,
            key,
            state,
            bytes,
            marks: _,
            on_clash: _,
            expected: _,
            upload_id: _,
            part_bytes: _,
            creating_at: _,
            crc64nvme: _,
            sha256: _,
            problem,
        } = file;
        let (code, reason) = problem.unzip();
        Self {
            file: id.0,
            path,
            key,
            state: state.word().to_owned(),
            bytes,
            code,
            reason,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(transfer_files))
        .routes(guarded_routes!(retry_transfer_file))
        .routes(guarded_routes!(recheck_transfer_file))
        .routes(guarded_routes!(recheck_transfer))
}

/// Files of a transfer, and how each stands.
#[utoipa::path(
    get, path = "/transfers/{id}/files", tag = "transfers",
    params(("id" = i64, Path), TransferFilesQuestion),
    responses((status = 200, body = TransferFiles), Problem)
)]
async fn transfer_files(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(TransferFilesQuestion { state, after }): Query<TransferFilesQuestion>,
) -> Answer<TransferFiles> {
    let state = state.map(|state| state.parse()).transpose();
    let state = state.map_err(|error: String| Problem::invalid(sentence(&error)))?;
    let after = after.map(TransferFileId);
    let found = tenants::transfer_files(&context, &by.grant, TransferId(id), state, after).await?;
    Ok(axum::Json(TransferFiles {
        files: found.into_iter().map(TransferFile::from).collect(),
    }))
}

/// Tries one file again that did not arrive: it goes as it is now.
#[utoipa::path(
    post, path = "/transfers/{id}/files/{file}/retry", tag = "transfers",
    params(("id" = i64, Path), ("file" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn retry_transfer_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path((id, file)): Path<(i64, i64)>,
) -> Answer<Transfer> {
    steered(&context, &by, id, Steer::Retry(Some(TransferFileId(file)))).await
}

/// Asks the store whether a file that arrived is still there as it was. Nothing is fetched.
#[utoipa::path(
    post, path = "/transfers/{id}/files/{file}/recheck", tag = "transfers",
    params(("id" = i64, Path), ("file" = i64, Path)),
    responses((status = 200, body = Rechecked), Problem)
)]
async fn recheck_transfer_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path((id, file)): Path<(i64, i64)>,
) -> Answer<Rechecked> {
    let (id, file) = (TransferId(id), TransferFileId(file));
    let found = tenants::recheck_file(&context, &by.grant, id, file).await?;
    let (outcome, what) = found.told();
    Ok(axum::Json(Rechecked {
        outcome: outcome.to_owned(),
        what: what.map(str::to_owned),
    }))
}

/// Begins to ask the store about every file of a transfer that arrived; the job's result counts what is the
/// same, superseded, different, gone or unknown, and names the first hundred that are not the same. Nothing is fetched.
#[utoipa::path(
    post, path = "/transfers/{id}/recheck", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn recheck_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let job = tenants::recheck(&context, &by.grant, TransferId(id)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}
