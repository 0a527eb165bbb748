//! Files that lie with an invoice.

use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tallyport_ledger::{IssueInvoices, ReadInvoices};
use tallyport_workspace::{Context, InvoiceId, invoices};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::records::InvoiceAttachment;
use crate::guard::{Caller, guarded_routes};
use crate::in_process::LocalFile;
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem};

/// What the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttachmentQuestion {
    /// The file's name.
    #[serde(default)]
    pub name: String,
}

/// The files that lie with an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceAttachments {
    /// In the order in which they were put there.
    pub attachments: Vec<InvoiceAttachment>,
}

/// A file that somebody sends, or names at this computer.
struct FileInBody {
    /// What the sender says that it is.
    kind: String,
    content: Vec<u8>,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(attachments))
        .routes(guarded_routes!(add_attachment))
        .routes(guarded_routes!(attachment))
        .routes(guarded_routes!(remove_attachment))
}

/// The files that lie with an invoice.
#[utoipa::path(
    get, path = "/invoices/{id}/attachments", tag = "invoices", params(("id" = i64, Path)),
    responses((status = 200, body = InvoiceAttachments), Problem)
)]
async fn attachments(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<InvoiceAttachments> {
    let found = invoices::attachments(&context, &by.grant, InvoiceId(id)).await?;
    Ok(axum::Json(InvoiceAttachments {
        attachments: found.into_iter().map(InvoiceAttachment::from).collect(),
    }))
}

/// Puts the file in the body with an invoice: at most 5 MiB.
#[utoipa::path(
    post, path = "/invoices/{id}/attachments", tag = "invoices",
    params(("id" = i64, Path), AttachmentQuestion),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = InvoiceAttachment), Problem)
)]
async fn add_attachment(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<AttachmentQuestion>,
    file: FileInBody,
) -> Result<(StatusCode, axum::Json<InvoiceAttachment>), Problem> {
    let FileInBody { kind, content } = file;
    let id = InvoiceId(id);
    let kept = invoices::attach(&context, &by.grant, id, &ask.name, &kind, content).await?;
    Ok((StatusCode::CREATED, axum::Json(kept.into())))
}

impl<S: Send + Sync> FromRequest<S> for FileInBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let content = match parts.extensions.get::<LocalFile>() {
            Some(LocalFile(path)) => tokio::fs::read(path)
                .await
                .map_err(|error| Problem::unreadable(format!("{}: {error}.", path.display())))?,
            None => axum::body::to_bytes(body, invoices::LARGEST_ATTACHMENT)
                .await
                .map_err(|_| {
                    Problem::unreadable("The file did not arrive whole, or has more than 5 MiB.")
                })?
                .to_vec(),
        };
        Ok(Self {
            kind: kind.to_owned(),
            content,
        })
    }
}

/// A file as it was attached.
#[utoipa::path(
    get, path = "/invoices/{id}/attachments/{n}", tag = "invoices",
    params(("id" = i64, Path), ("n" = u32, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Problem)
)]
async fn attachment(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path((id, n)): Path<(i64, u32)>,
) -> Result<Response, Problem> {
    let (_, content) = invoices::attachment(&context, &by.grant, InvoiceId(id), n).await?;
    // Never shown in place of the interface: a file is somebody else's word for what it is.
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"invoice-{id}-{n}\""),
        ),
    ];
    Ok((headers, content).into_response())
}

/// Takes a file away from a draft.
#[utoipa::path(
    delete, path = "/invoices/{id}/attachments/{n}", tag = "invoices",
    params(("id" = i64, Path), ("n" = u32, Path)),
    responses((status = 204), Problem)
)]
async fn remove_attachment(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path((id, n)): Path<(i64, u32)>,
) -> Result<StatusCode, Problem> {
    invoices::detach(&context, &by.grant, InvoiceId(id), n).await?;
    Ok(StatusCode::NO_CONTENT)
}
