//! What sending files would meet, told before anything is sent.

use axum::extract::{Extension, State};
use serde::Serialize;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::Context;
use tallyport_workspace::tenants::{self, Weight};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::transfers::{UploadDraft, only_here};
use crate::guard::{Caller, guarded_routes};
use crate::in_process::LocalFiles;
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Moment};

/// What is found before anything is sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadPreflight {
    /// What is to be said, the gravest first.
    pub findings: Vec<UploadFinding>,
    /// How many files there are, as far as was looked.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether there are more than was looked at.
    pub more: bool,
    /// Where the first of them land.
    pub lands: Vec<UploadLanding>,
    /// What is in the way.
    pub clashes: Vec<UploadClash>,
    /// How many requests sending takes.
    pub requests: u64,
    /// The currency of the price.
    pub currency: String,
    /// About what those requests cost, at S3's list price in us-east-1.
    pub price: Amount,
}

/// Something to be said before files are sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadFinding {
    /// stop, warning or note.
    pub weight: String,
    /// A stable word.
    pub code: String,
    /// The file that it is about, from what was dropped on.
    #[schema(required)]
    pub path: Option<String>,
    /// What there is to say.
    pub text: String,
}

/// Where a file lands.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadLanding {
    /// The file here, from what was dropped on.
    pub path: String,
    /// Its key there.
    pub key: String,
    /// Its size.
    pub bytes: u64,
}

/// Something that is there already.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadClash {
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// When it came.
    #[schema(required)]
    pub modified: Option<Moment>,
}

impl From<tenants::LookedAhead> for UploadPreflight {
    fn from(ahead: tenants::LookedAhead) -> Self {
        let tenants::LookedAhead { found, price } = ahead;
        let tenants::Preflight {
            findings,
            files,
            bytes,
            more,
            lands,
            clashes,
            requests,
        } = found;
        let findings = findings.into_iter().map(|finding| UploadFinding {
            weight: match finding.weight {
                Weight::Stop => "stop",
                Weight::Warning => "warning",
                Weight::Note => "note",
            }
            .to_owned(),
            code: finding.code.to_owned(),
            path: finding.path,
            text: finding.text,
        });
        let lands = lands.into_iter().map(|landing| UploadLanding {
            path: landing.path,
            key: landing.key,
            bytes: landing.bytes,
        });
        let clashes = clashes.into_iter().map(|clash| UploadClash {
            key: clash.key,
            bytes: clash.bytes,
            modified: clash.modified.map(Moment),
        });
        Self {
            findings: findings.collect(),
            files,
            bytes,
            more,
            lands: lands.collect(),
            clashes: clashes.collect(),
            requests,
            currency: price.currency().to_string(),
            price: price.into(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(upload_preflight))
}

/// What sending files to a tenant would meet: where they land, what is in the way, what will not go. Nothing is
/// sent.
#[utoipa::path(
    post, path = "/tenants/{id}/uploads/preflight", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = UploadPreflight), Problem)
)]
async fn upload_preflight(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    files: Option<Extension<LocalFiles>>,
    Json(ask): Json<UploadDraft>,
) -> Answer<UploadPreflight> {
    let LocalFiles(sources) = only_here(files)?;
    let found = tenants::look_ahead(&context, &by.grant, TenantId(id), &sources, &ask.to).await?;
    Ok(axum::Json(found.into()))
}
