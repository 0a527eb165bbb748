//! Files on their way to and from tenants.

mod clear;
mod files;
mod speed;

use axum::extract::{Extension, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_ledger::transfer::{OnClash, TransferPriority};
use tallyport_workspace::tenants::{self, Moving, Steer, Which};
use tallyport_workspace::{Context, Receipt as Confirmed, TransferFileId, TransferId};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::in_process::LocalFiles;
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem, sentence};
use crate::wire::Moment;

/// Files to be sent. Which ones, only a caller in the same process can say: the window those that were dropped
/// or picked, the command line those that were named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadDraft {
    /// The folder of the tenant that they go into; its own place if none is given.
    #[serde(default)]
    pub to: String,
    /// ask, skip, replace or keep-both: what is done where something else is in the way.
    pub on_clash: Option<String>,
    /// low, usual or high.
    pub priority: Option<String>,
    /// At most so many bytes a second.
    pub limit: Option<u64>,
}

/// Files to be fetched, into a folder that only a caller in the same process can name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DownloadDraft {
    /// Which: a folder's path ends with /, an empty one is everything.
    pub paths: Vec<String>,
    /// ask, skip, replace or keep-both: what is done where something else is in the way.
    pub on_clash: Option<String>,
    /// low, usual or high.
    pub priority: Option<String>,
    /// At most so many bytes a second.
    pub limit: Option<u64>,
}

/// Which transfers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TransfersQuestion {
    /// Only of this tenant.
    pub tenant: Option<i64>,
    /// Only those that have not ended.
    #[serde(default)]
    pub open: bool,
    /// Instead of the others those that were cleared, whose receipts are kept.
    #[serde(default)]
    pub cleared: bool,
}

impl TransfersQuestion {
    /// Cleared ones have all ended.
    pub(crate) const fn which(&self) -> Which {
        match (self.open, self.cleared) {
            (_, true) => Which::Cleared,
            (true, false) => Which::Open,
            (false, false) => Which::Listed,
        }
    }
}

/// What is done where something else is in the way.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClashAnswer {
    /// skip, replace or keep-both.
    pub on_clash: String,
}

/// Which receipts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceiptsQuestion {
    /// Only those after this file.
    pub after: Option<i64>,
}

/// Transfers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transfers {
    /// The newest first.
    pub transfers: Vec<Transfer>,
}

/// Files on their way, or that were.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transfer {
    /// Its number.
    pub id: i64,
    /// What it is, for people.
    pub title: String,
    /// up or down.
    pub direction: String,
    /// The tenant.
    #[schema(required)]
    pub tenant: Option<i64>,
    /// waiting, running, paused, done, failed or cancelled.
    pub state: String,
    /// low, usual or high.
    pub priority: String,
    /// At most so many bytes a second.
    #[schema(required)]
    pub limit: Option<u64>,
    /// Who began it.
    pub started_by: String,
    /// Files known so far.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether all files are known.
    pub walked: bool,
    /// Files that arrived.
    pub files_done: u64,
    /// Bytes that the store confirmed.
    pub bytes_done: u64,
    /// Files that did not arrive.
    pub files_failed: u64,
    /// Files left out, with a reason.
    pub files_skipped: u64,
    /// Files that wait for an answer, since something else is in the way.
    pub clashes: u64,
    /// Why it stopped.
    #[schema(required)]
    pub reason: Option<String>,
    /// When it was begun.
    pub created_at: Moment,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Moment>,
}

/// Receipts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipts {
    /// A file each.
    pub receipts: Vec<Receipt>,
}

/// That a file arrived: the store confirmed the checksum of the bytes that were read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The file's number; the next page begins after the last one's.
    pub file: i64,
    /// Its path.
    pub path: String,
    /// The bucket.
    pub bucket: String,
    /// Its key there.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// CRC-64/NVME of the whole, in base64 as S3 shows it.
    pub crc64nvme: String,
    /// SHA-256 of the whole, in hexadecimal digits.
    pub sha256: String,
    /// The entity tag that the store gave.
    pub etag: String,
    /// The version that the store gave.
    #[schema(required)]
    pub version: Option<String>,
    /// When the store confirmed it.
    pub confirmed_at: Moment,
    /// What is to be said of it, such as that the source changed afterwards.
    #[schema(required)]
    pub remark: Option<String>,
}

impl From<tallyport_workspace::Transfer> for Transfer {
    fn from(transfer: tallyport_workspace::Transfer) -> Self {
        let tallyport_workspace::Transfer {
            id,
            token: _,
            direction,
            title,
            scope,
            started_by,
            bucket: _,
            prefix: _,
            region: _,
            key_id: _,
            folder: _,
            on_clash: _,
            priority,
            bytes_per_second,
            state,
            asked: _,
            process: _,
            walked,
            problem,
            created_at,
            ended_at,
            files,
            bytes,
            done,
            done_bytes,
            left_out,
            failed,
            clashes,
            lost_bytes: _,
        } = transfer;
        Self {
            id: id.0,
            title,
            direction: direction.word().to_owned(),
            tenant: tenants::tenant_of(&scope).map(|id| id.0),
            state: state.word().to_owned(),
            priority: priority.word().to_owned(),
            limit: bytes_per_second,
            started_by,
            files,
            bytes,
            walked,
            files_done: done,
            bytes_done: done_bytes,
            files_failed: failed,
            files_skipped: left_out,
            clashes,
            reason: problem.map(|(_, said)| said),
            created_at: Moment(created_at),
            ended_at: ended_at.map(Moment),
        }
    }
}

impl From<Confirmed> for Receipt {
    fn from(receipt: Confirmed) -> Self {
        let Confirmed {
            file,
            path,
            key,
            bucket,
            bytes,
            crc64nvme,
            sha256,
            etag,
            version,
            confirmed_at,
            remark,
        } = receipt;
        Self {
            file: file.0,
            path,
            bucket,
            key,
            bytes,
            crc64nvme,
            sha256,
            etag,
            version,
            confirmed_at: Moment(confirmed_at),
            remark,
        }
    }
}

/// So many receipts one answer has.
const PAGE: u32 = 10_000;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(upload))
        .routes(guarded_routes!(download))
        .routes(guarded_routes!(transfers))
        .routes(guarded_routes!(transfer))
        .routes(guarded_routes!(pause_transfer))
        .routes(guarded_routes!(resume_transfer))
        .routes(guarded_routes!(cancel_transfer))
        .routes(guarded_routes!(retry_transfer))
        .routes(guarded_routes!(settle_transfer))
        .routes(guarded_routes!(receipts))
        .merge(clear::routes())
        .merge(files::routes())
        .merge(speed::routes())
}

fn moving(
    on_clash: Option<&str>,
    priority: Option<&str>,
    limit: Option<u64>,
) -> Result<Moving, Problem> {
    let wrong = |error: String| Problem::invalid(sentence(&error));
    Ok(Moving {
        on_clash: on_clash
            .map_or(Ok(OnClash::Ask), str::parse)
            .map_err(wrong)?,
        priority: priority
            .map_or(Ok(TransferPriority::Usual), str::parse)
            .map_err(wrong)?,
        limit,
    })
}

pub(super) fn only_here(files: Option<Extension<LocalFiles>>) -> Result<LocalFiles, Problem> {
    let Some(Extension(files)) = files else {
        return Err(Problem::invalid(
            "Which files, only the window and the command line can say: nobody from outside can have this \
             computer's files read or written.",
        ));
    };
    Ok(files)
}

/// Begins to send files to a tenant; what is interrupted goes on by itself.
#[utoipa::path(
    post, path = "/tenants/{id}/uploads", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 202, body = Transfer), Problem)
)]
async fn upload(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    files: Option<Extension<LocalFiles>>,
    Json(ask): Json<UploadDraft>,
) -> Result<(StatusCode, axum::Json<Transfer>), Problem> {
    let UploadDraft {
        to,
        on_clash,
        priority,
        limit,
    } = ask;
    let moving = moving(on_clash.as_deref(), priority.as_deref(), limit)?;
    let LocalFiles(sources) = only_here(files)?;
    let begun = tenants::upload(&context, &by.grant, TenantId(id), sources, &to, moving).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(begun.into())))
}

/// Begins to fetch files from a tenant; what is interrupted goes on by itself.
#[utoipa::path(
    post, path = "/tenants/{id}/downloads", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 202, body = Transfer), Problem)
)]
async fn download(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    files: Option<Extension<LocalFiles>>,
    Json(ask): Json<DownloadDraft>,
) -> Result<(StatusCode, axum::Json<Transfer>), Problem> {
    let DownloadDraft {
        paths,
        on_clash,
        priority,
        limit,
    } = ask;
    let moving = moving(on_clash.as_deref(), priority.as_deref(), limit)?;
    let LocalFiles(folders) = only_here(files)?;
    let [into] = <[std::path::PathBuf; 1]>::try_from(folders)
        .map_err(|_| Problem::invalid("One folder is expected for what is fetched."))?;
    let begun = tenants::download(&context, &by.grant, TenantId(id), &paths, into, moving).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(begun.into())))
}

/// Transfers, the newest first.
#[utoipa::path(
    get, path = "/transfers", tag = "transfers", params(TransfersQuestion),
    responses((status = 200, body = Transfers), Problem)
)]
async fn transfers(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Query(ask): Query<TransfersQuestion>,
) -> Answer<Transfers> {
    let (of, which) = (ask.tenant.map(TenantId), ask.which());
    let found = tenants::transfers(&context, &by.grant, of, which).await?;
    Ok(axum::Json(Transfers {
        transfers: found.into_iter().map(Transfer::from).collect(),
    }))
}

/// One transfer.
#[utoipa::path(
    get, path = "/transfers/{id}", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Transfer> {
    let found = tenants::transfer(&context, &by.grant, TransferId(id)).await?;
    Ok(axum::Json(found.into()))
}

/// Lets a transfer wait.
#[utoipa::path(
    post, path = "/transfers/{id}/pause", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn pause_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Transfer> {
    steered(&context, &by, id, Steer::Pause).await
}

/// Lets a transfer go on.
#[utoipa::path(
    post, path = "/transfers/{id}/resume", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn resume_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Transfer> {
    steered(&context, &by, id, Steer::Resume).await
}

/// Ends a transfer for good; nothing that is in parts is left behind.
#[utoipa::path(
    post, path = "/transfers/{id}/cancel", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn cancel_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Transfer> {
    steered(&context, &by, id, Steer::Cancel).await
}

/// Tries again what did not arrive: each file goes as it is now.
#[utoipa::path(
    post, path = "/transfers/{id}/retry", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn retry_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Transfer> {
    steered(&context, &by, id, Steer::Retry(None)).await
}

/// Says what is done with files in whose way something else is.
#[utoipa::path(
    post, path = "/transfers/{id}/settle", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn settle_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ClashAnswer { on_clash }): Json<ClashAnswer>,
) -> Answer<Transfer> {
    let answer = on_clash
        .parse()
        .map_err(|error: String| Problem::invalid(sentence(&error)))?;
    steered(&context, &by, id, Steer::Settle(answer)).await
}

async fn steered(
    context: &Context,
    by: &Caller<ManageTenants>,
    id: i64,
    steer: Steer,
) -> Answer<Transfer> {
    let transfer = tenants::steer(context, &by.grant, TransferId(id), steer).await?;
    Ok(axum::Json(transfer.into()))
}

/// Receipts of what arrived, ten thousand at once. All of them as one file: /exports/tables/receipts.
#[utoipa::path(
    get, path = "/transfers/{id}/receipts", tag = "transfers", params(("id" = i64, Path), ReceiptsQuestion),
    responses((status = 200, body = Receipts), Problem)
)]
async fn receipts(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ReceiptsQuestion { after }): Query<ReceiptsQuestion>,
) -> Answer<Receipts> {
    let after = after.map(TransferFileId);
    let found = tenants::receipts(&context, &by.grant, TransferId(id), after, PAGE).await?;
    Ok(axum::Json(Receipts {
        receipts: found.into_iter().map(Receipt::from).collect(),
    }))
}
