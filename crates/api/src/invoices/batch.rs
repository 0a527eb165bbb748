//! The same for many documents in one go.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{IssueInvoices, Permission, ReadInvoices, ViewCosts};
use tallyport_workspace::{
    self as workspace, Context, InvoiceId, JobId, RecipientKind, invoices, jobs,
};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::Recipient;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::jobs::Job;
use crate::owners::{OwnerName, recipient};
use crate::problem::{Answer, Problem};
use crate::wire::Month;

/// What to do, and with which. Either `month` or `invoices`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBatch {
    /// draft, approve, issue or send.
    pub action: String,
    /// With the invoices of this month.
    pub month: Option<Month>,
    /// Whose of the month; everybody's who is a person if absent.
    pub r#for: Option<Recipients>,
    /// With these documents, in this order; nothing is drafted so.
    pub invoices: Option<Vec<i64>>,
}

/// Whose: everybody's of a kind, or only theirs.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Recipients {
    /// people, teams, clients or tenants.
    Kind(String),
    /// Only theirs.
    Only(Vec<OwnerName>),
}

/// What became of each.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct InvoiceBatch {
    /// draft, approve, issue or send.
    pub action: String,
    /// The month, where it was about one.
    #[schema(required)]
    pub month: Option<String>,
    /// One a document, and one for who has none.
    pub recipients: Vec<InvoiceBatchRow>,
    /// What those come to that it was done with, or had been.
    pub totals: Vec<InvoiceBatchTotal>,
}

/// What became of one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct InvoiceBatchRow {
    /// Who is billed.
    pub r#for: Recipient,
    /// drafted, approved, issued, sent, waiting (to be sent: the server could not take it yet), unchanged (done
    /// before), nothing (to do it with), failed or `not_begun` (it was stopped before).
    pub outcome: String,
    /// The document.
    #[schema(required)]
    pub invoice: Option<i64>,
    /// The number on its paper.
    #[schema(required)]
    pub number: Option<String>,
    /// Its currency.
    #[schema(required)]
    pub currency: Option<String>,
    /// What is to be paid, or is credited: a decimal number.
    #[schema(required)]
    pub total: Option<String>,
    /// Why.
    #[schema(required)]
    pub reason: Option<String>,
}

/// What those in one currency come to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct InvoiceBatchTotal {
    /// The currency.
    pub currency: String,
    /// A decimal number.
    pub total: String,
    /// How many they are.
    pub count: u64,
}

impl Recipients {
    /// The same, read.
    pub(crate) async fn asked<P: Permission>(
        self,
        context: &Context,
        by: &Caller<P>,
    ) -> Result<workspace::Recipients, Problem> {
        let names = match self {
            Self::Only(names) => names,
            Self::Kind(word) => return Ok(workspace::Recipients::Everybody(kind_of(&word)?)),
        };
        let mut keys = Vec::new();
        for name in names {
            keys.push(recipient(context, by, name).await?);
        }
        Ok(workspace::Recipients::Only(keys))
    }
}

/// Which kind of recipients a word is for.
pub(crate) fn kind_of(word: &str) -> Result<RecipientKind, Problem> {
    RecipientKind::from_word(word)
        .ok_or_else(|| Problem::invalid("Invoices are for people, teams, clients or tenants."))
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(batch_invoices))
        .routes(guarded_routes!(invoice_batch))
}

/// Drafts a month for many, or approves, issues or sends many: each by itself, so that one that cannot be
/// hinders no other. Begun again, it goes on with the rest.
#[utoipa::path(
    post, path = "/invoices/batches", tag = "invoices",
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn batch_invoices(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Json(ask): Json<NewBatch>,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let NewBatch {
        action,
        month,
        r#for: whom,
        invoices: documents,
    } = ask;
    let over = match (month, documents) {
        (Some(month), None) => {
            let whom = whom.unwrap_or(Recipients::Kind("people".to_owned()));
            invoices::BatchOver::Month(month.0, whom.asked(&context, &by).await?)
        }
        (None, Some(documents)) if whom.is_none() => {
            invoices::BatchOver::Documents(documents.into_iter().map(InvoiceId).collect())
        }
        _ => {
            return Err(Problem::invalid(
                "Either a month and whose, or documents: a batch is about one of the two.",
            ));
        }
    };
    let action = action.parse()?;
    let ask = invoices::BatchAsk { action, over };
    let job = invoices::batch(&context, &by.grant, ask).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

/// What became of each, once it has ended: also where it was stopped.
#[utoipa::path(
    get, path = "/invoices/batches/{id}", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = InvoiceBatch), Problem)
)]
async fn invoice_batch(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<InvoiceBatch> {
    let job = jobs::get(&context, &by.signed_in.grant::<ViewCosts>()?, JobId(id)).await?;
    let none = || {
        Problem::new(
            StatusCode::NOT_FOUND,
            "request.not-found",
            format!("There is no result of a batch {id}."),
        )
    };
    let result = job.result.filter(|_| job.kind == invoices::BATCH);
    let batch = serde_json::from_value(result.ok_or_else(none)?).map_err(|_| none())?;
    Ok(axum::Json(batch))
}
