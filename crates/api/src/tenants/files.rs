//! A tenant's files, as a file manager has them.

use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use futures::stream;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::Context;
use tallyport_workspace::tenants::{self, FileChange};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Moment};

/// Which folder.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilesQuestion {
    /// The folder, which ends with /; the tenant's own place if none is given.
    #[serde(default)]
    pub prefix: String,
    /// Only files below it whose path holds this.
    pub search: Option<String>,
    /// Where the last answer ended.
    pub continuation: Option<String>,
}

/// Which file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileQuestion {
    /// Its path within the tenant's place; a folder's ends with /.
    pub path: String,
}

/// Of which file, and how much.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContentQuestion {
    /// Its path within the tenant's place.
    pub path: String,
    /// Bytes from its beginning; eight mebibytes at most, and if nothing is said.
    pub most: Option<u64>,
}

/// What is in a folder.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantFiles {
    /// The folders in it, by their paths.
    pub folders: Vec<String>,
    /// The files in it.
    pub files: Vec<TenantFile>,
    /// Where to go on: there is more.
    #[schema(required)]
    pub continuation: Option<String>,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantFile {
    /// Its path within the tenant's place.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// When it came.
    pub modified: Moment,
}

/// What a file was before.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileVersions {
    /// The newest first, removals included.
    pub versions: Vec<FileVersion>,
}

/// A version of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileVersion {
    /// Its id at AWS.
    pub id: String,
    /// When it came.
    pub modified: Moment,
    /// Its size; nothing where the file was removed.
    #[schema(required)]
    pub bytes: Option<u64>,
    /// Whether it is what is there now.
    pub is_latest: bool,
}

/// What broken uploads left behind: it is paid for until it is cleaned.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantLeftovers {
    /// An upload each; those that are under way are among them.
    pub leftovers: Vec<TenantLeftover>,
    /// How much all of them hold.
    pub bytes: u64,
    /// The currency of the price.
    pub currency: String,
    /// About what keeping that costs a month, at S3's list price in us-east-1.
    pub price: Amount,
}

/// A broken upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantLeftover {
    /// Which file it was to be.
    pub path: String,
    /// When it was begun.
    pub begun: Moment,
    /// How many parts arrived.
    pub parts: u64,
    /// How much that is.
    pub bytes: u64,
}

/// A file, and where it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileFromTo {
    /// The file's path; of a folder, which ends with /, everything below it.
    pub from: String,
    /// The path that it is to have.
    pub to: String,
}

/// A file or a folder.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilePath {
    /// Its path; a folder's ends with /.
    pub path: String,
}

/// A version that is to be there again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionToRestore {
    /// The file's path.
    pub path: String,
    /// The version; without one, what was removed last comes back.
    pub version: Option<String>,
}

/// A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkAsk {
    /// The file's path.
    pub path: String,
    /// For how many seconds it is to work: a week at most.
    pub seconds: u32,
}

/// A link to a file. Whoever has it can fetch the file until it ends.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileLink {
    /// The link.
    pub url: String,
    /// When it really ends.
    pub expires_at: Moment,
    /// Whether that is before what was asked for, since the credentials that it is signed with end.
    pub ends_with_credentials: bool,
}

/// How many files were changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilesChanged {
    /// So many.
    pub count: u64,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(tenant_files))
        .routes(guarded_routes!(file_content))
        .routes(guarded_routes!(whole_file))
        .routes(guarded_routes!(file_versions))
        .routes(guarded_routes!(remove_file))
        .routes(guarded_routes!(copy_file))
        .routes(guarded_routes!(rename_file))
        .routes(guarded_routes!(restore_file))
        .routes(guarded_routes!(make_folder))
        .routes(guarded_routes!(share_file))
        .routes(guarded_routes!(tenant_leftovers))
        .routes(guarded_routes!(clean_leftovers))
}

/// What is in a folder of a tenant, a thousand at once.
#[utoipa::path(
    get, path = "/tenants/{id}/files", tag = "files", params(("id" = i64, Path), FilesQuestion),
    responses((status = 200, body = TenantFiles), Problem)
)]
async fn tenant_files(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<FilesQuestion>,
) -> Answer<TenantFiles> {
    let FilesQuestion {
        prefix,
        search,
        continuation,
    } = ask;
    let tenants::Listing {
        folders,
        files,
        continuation,
    } = tenants::list_files(
        &context,
        &by.grant,
        TenantId(id),
        &prefix,
        search.as_deref(),
        continuation,
    )
    .await?;
    let files = files.into_iter().map(|file| TenantFile {
        path: file.path,
        bytes: file.bytes,
        modified: Moment(file.modified),
    });
    Ok(axum::Json(TenantFiles {
        folders,
        files: files.collect(),
        continuation,
    }))
}

/// The beginning of a file, to be looked at; `x-total-bytes` says how many bytes there are.
#[utoipa::path(
    get, path = "/tenants/{id}/files/content", tag = "files",
    params(("id" = i64, Path), ContentQuestion),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), Problem)
)]
async fn file_content(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ContentQuestion { path, most }): Query<ContentQuestion>,
) -> Result<impl IntoResponse, Problem> {
    let tenants::Preview {
        bytes,
        total,
        kind: _,
    } = tenants::preview(&context, &by.grant, TenantId(id), &path, most).await?;
    let of = header::HeaderName::from_static("x-total-bytes");
    Ok((AppendHeaders([(of, total.to_string())]), untouched(), bytes))
}

/// A whole file. An answer that breaks off is not a whole one.
#[utoipa::path(
    get, path = "/tenants/{id}/files/whole", tag = "files", params(("id" = i64, Path), FileQuestion),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), Problem)
)]
async fn whole_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(FileQuestion { path }): Query<FileQuestion>,
) -> Result<impl IntoResponse, Problem> {
    let whole = tenants::fetch_file(&context, &by.grant, TenantId(id), &path).await?;
    let length = (header::CONTENT_LENGTH, whole.bytes.to_string());
    let body = Body::from_stream(stream::unfold(whole, |mut whole| async move {
        Some((whole.next().await?, whole))
    }));
    Ok((AppendHeaders([length]), untouched(), body))
}

/// What a customer sent is never run or drawn by whoever opens its address: the interface decides.
fn untouched() -> [(header::HeaderName, &'static str); 3] {
    [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}

/// What a file was before.
#[utoipa::path(
    get, path = "/tenants/{id}/files/versions", tag = "files", params(("id" = i64, Path), FileQuestion),
    responses((status = 200, body = FileVersions), Problem)
)]
async fn file_versions(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(FileQuestion { path }): Query<FileQuestion>,
) -> Answer<FileVersions> {
    let found = tenants::versions(&context, &by.grant, TenantId(id), &path).await?;
    let versions = found.into_iter().map(|version| FileVersion {
        id: version.id,
        modified: Moment(version.modified),
        bytes: version.bytes,
        is_latest: version.is_latest,
    });
    Ok(axum::Json(FileVersions {
        versions: versions.collect(),
    }))
}

/// Takes a file, or a folder with all below it, away; where versions are kept, restoring brings it back.
#[utoipa::path(
    delete, path = "/tenants/{id}/files", tag = "files", params(("id" = i64, Path), FileQuestion),
    responses((status = 200, body = FilesChanged), Problem)
)]
async fn remove_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(FileQuestion { path }): Query<FileQuestion>,
) -> Answer<FilesChanged> {
    changed(&context, &by, id, FileChange::Remove { path }).await
}

/// Copies a file.
#[utoipa::path(
    post, path = "/tenants/{id}/files/copy", tag = "files", params(("id" = i64, Path)),
    responses((status = 200, body = FilesChanged), Problem)
)]
async fn copy_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(FileFromTo { from, to }): Json<FileFromTo>,
) -> Answer<FilesChanged> {
    changed(&context, &by, id, FileChange::Copy { from, to }).await
}

/// Gives a file or a folder another name, or another folder.
#[utoipa::path(
    post, path = "/tenants/{id}/files/rename", tag = "files", params(("id" = i64, Path)),
    responses((status = 200, body = FilesChanged), Problem)
)]
async fn rename_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(FileFromTo { from, to }): Json<FileFromTo>,
) -> Answer<FilesChanged> {
    changed(&context, &by, id, FileChange::Rename { from, to }).await
}

/// Brings a version back, or what was removed last.
#[utoipa::path(
    post, path = "/tenants/{id}/files/restore", tag = "files", params(("id" = i64, Path)),
    responses((status = 200, body = FilesChanged), Problem)
)]
async fn restore_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(VersionToRestore { path, version }): Json<VersionToRestore>,
) -> Answer<FilesChanged> {
    let change = match version {
        Some(version) => FileChange::Restore { path, version },
        None => FileChange::UndoRemove { path },
    };
    changed(&context, &by, id, change).await
}

/// Makes a folder.
#[utoipa::path(
    post, path = "/tenants/{id}/files/folder", tag = "files", params(("id" = i64, Path)),
    responses((status = 200, body = FilesChanged), Problem)
)]
async fn make_folder(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(FilePath { path }): Json<FilePath>,
) -> Answer<FilesChanged> {
    changed(&context, &by, id, FileChange::Folder { path }).await
}

/// Makes a link to a file that works for a while.
#[utoipa::path(
    post, path = "/tenants/{id}/files/share", tag = "files", params(("id" = i64, Path)),
    responses((status = 201, body = FileLink), Problem)
)]
async fn share_file(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(LinkAsk { path, seconds }): Json<LinkAsk>,
) -> Result<(StatusCode, axum::Json<FileLink>), Problem> {
    let lifetime = SignedDuration::from_secs(i64::from(seconds));
    let tenants::Shared {
        url,
        expires_at,
        ends_with_credentials,
    } = tenants::share(&context, &by.grant, TenantId(id), &path, lifetime).await?;
    let link = FileLink {
        url,
        expires_at: Moment(expires_at),
        ends_with_credentials,
    };
    Ok((StatusCode::CREATED, axum::Json(link)))
}

/// What broken uploads left behind.
#[utoipa::path(
    get, path = "/tenants/{id}/files/leftovers", tag = "files", params(("id" = i64, Path)),
    responses((status = 200, body = TenantLeftovers), Problem)
)]
async fn tenant_leftovers(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantLeftovers> {
    let found = tenants::leftovers(&context, &by.grant, TenantId(id)).await?;
    let bytes = found
        .iter()
        .fold(0_u64, |sum, left| sum.saturating_add(left.bytes));
    let price = tenants::price_per_month(bytes);
    let leftovers = found.into_iter().map(|left| TenantLeftover {
        path: left.path,
        begun: Moment(left.begun),
        parts: left.parts,
        bytes: left.bytes,
    });
    Ok(axum::Json(TenantLeftovers {
        leftovers: leftovers.collect(),
        bytes,
        currency: price.currency().to_string(),
        price: price.into(),
    }))
}

/// Throws away what broken uploads left behind.
#[utoipa::path(
    delete, path = "/tenants/{id}/files/leftovers", tag = "files", params(("id" = i64, Path)),
    responses((status = 200, body = FilesChanged), Problem)
)]
async fn clean_leftovers(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<FilesChanged> {
    changed(&context, &by, id, FileChange::Clean).await
}

async fn changed(
    context: &Context,
    by: &Caller<ManageTenants>,
    id: i64,
    change: FileChange,
) -> Answer<FilesChanged> {
    let count = tenants::change_files(context, &by.grant, TenantId(id), change).await?;
    Ok(axum::Json(FilesChanged { count }))
}
