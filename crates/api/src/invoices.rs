//! Invoices: drafts, approval, issuing, credit notes, payments, paper.

mod account;
mod asked;
mod attachments;
mod batch;
mod comparison;
mod proof;
mod records;
mod sending;
mod shape;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tallyport_ledger::{IssueInvoices, Permission, ReadInvoices};
use tallyport_workspace::{Context, InvoiceId, invoices};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, PageQuestion, Paged, Path, Query};
use crate::jobs::Job;
use crate::owners::recipient;
use crate::problem::{Answer, Problem};
use asked::{InvoiceChange, InvoiceReason, NewCredit, NewDrafts, PaymentDraft};
pub(crate) use proof::InvoiceVerification;
use shape::{Drafts, Invoice, InvoiceBrief, Invoices, NothingToBill, issuer};

pub(crate) use asked::InvoicesQuestion;
pub(crate) use batch::Recipients;
pub(crate) use comparison::ComparisonQuestion;
pub(crate) use shape::Recipient;

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(invoices))
        .routes(guarded_routes!(draft_invoices))
        .routes(guarded_routes!(verify_invoices))
        .merge(account::routes())
        .merge(batch::routes())
        .merge(comparison::routes())
        .merge(sending::routes())
        .routes(guarded_routes!(invoice))
        .routes(guarded_routes!(change_draft))
        .routes(guarded_routes!(delete_draft))
        .routes(guarded_routes!(approve_invoice))
        .routes(guarded_routes!(withdraw_invoice))
        .routes(guarded_routes!(issue_invoice))
        .routes(guarded_routes!(credit_invoice))
        .routes(guarded_routes!(replace_invoice))
        .routes(guarded_routes!(record_payment))
        .routes(guarded_routes!(remove_payment))
        .routes(guarded_routes!(invoice_pdf))
        .merge(attachments::routes())
}

/// The document as it is now.
async fn whole<P: Permission>(context: &Context, by: &Caller<P>, id: i64) -> Answer<Invoice> {
    let reads = by.signed_in.grant::<ReadInvoices>()?;
    let detail = invoices::detail(context, &reads, InvoiceId(id)).await?;
    Ok(axum::Json(Invoice::new(detail, issuer(by))))
}

/// Invoices, credit notes and drafts, without what stands on them.
#[utoipa::path(
    get, path = "/invoices", tag = "invoices",
    params(InvoicesQuestion, PageQuestion),
    responses((status = 200, body = Invoices), Problem)
)]
async fn invoices(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Paged(ask, page): Paged<InvoicesQuestion>,
) -> Answer<Invoices> {
    let ask = ask.asked(&context, &by).await?;
    let found = invoices::page(&context, &by.grant, ask, page.page()).await?;
    Ok(axum::Json(Invoices::of(found, issuer(&by))))
}

/// Drafts a month anew, for everybody who has costs or for one; approved drafts and issued invoices stay.
#[utoipa::path(
    post, path = "/invoices/drafts", tag = "invoices",
    responses((status = 200, body = Drafts), Problem)
)]
async fn draft_invoices(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Json(ask): Json<NewDrafts>,
) -> Answer<Drafts> {
    let NewDrafts { month, r#for: whom } = ask;
    let whom = match whom {
        None => None,
        Some(name) => Some(recipient(&context, &by, name).await?),
    };
    let invoices::Drafted { invoices, nothing } =
        invoices::draft(&context, &by.grant, month.0, whom).await?;
    let issuer = issuer(&by);
    Ok(axum::Json(Drafts {
        invoices: invoices
            .into_iter()
            .map(|view| InvoiceBrief::new(view, issuer))
            .collect(),
        nothing: nothing.into_iter().map(NothingToBill::from).collect(),
    }))
}

/// Whether numbers have no gap, totals and papers are what they were, and the same papers come out again. The
/// job's result is an `InvoiceVerification`.
#[utoipa::path(
    post, path = "/invoices/verify", tag = "invoices",
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn verify_invoices(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let job = invoices::start_verifying(&context, &by.grant).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

/// An invoice or a credit note with all that lies with it.
#[utoipa::path(
    get, path = "/invoices/{id}", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn invoice(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Invoice> {
    whole(&context, &by, id).await
}

/// Puts something on a draft by hand; drafting its month again keeps it.
#[utoipa::path(
    put, path = "/invoices/{id}", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn change_draft(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<InvoiceChange>,
) -> Answer<Invoice> {
    let InvoiceChange {
        purchase_order,
        note,
        due_days,
        lines,
    } = ask;
    let change = invoices::DraftChange {
        purchase_order,
        note,
        due_days,
        lines: lines
            .into_iter()
            .map(|line| (line.text, line.amount))
            .collect(),
    };
    invoices::change(&context, &by.grant, InvoiceId(id), change).await?;
    whole(&context, &by, id).await
}

/// Throws a draft away.
#[utoipa::path(
    delete, path = "/invoices/{id}", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_draft(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    invoices::discard(&context, &by.grant, InvoiceId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Finds a draft right. With two pairs of eyes, nobody approves what they had a hand in.
#[utoipa::path(
    post, path = "/invoices/{id}/approve", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn approve_invoice(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Invoice> {
    invoices::approve(&context, &by.grant, InvoiceId(id)).await?;
    whole(&context, &by, id).await
}

/// Takes an approval back.
#[utoipa::path(
    post, path = "/invoices/{id}/withdraw", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn withdraw_invoice(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Invoice> {
    invoices::withdraw(&context, &by.grant, InvoiceId(id)).await?;
    whole(&context, &by, id).await
}

/// Issues a draft: it takes the next number and never changes again.
#[utoipa::path(
    post, path = "/invoices/{id}/issue", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn issue_invoice(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Invoice> {
    invoices::issue(&context, &by.grant, InvoiceId(id)).await?;
    whole(&context, &by, id).await
}

/// Drafts a credit note of an issued invoice, in place of one drafted before; it is issued as invoices are.
#[utoipa::path(
    post, path = "/invoices/{id}/credit", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn credit_invoice(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewCredit>,
) -> Answer<Invoice> {
    let NewCredit {
        reason,
        lines,
        from_restatement,
    } = ask;
    let what = match (lines, from_restatement) {
        (None, false) => invoices::Credit::Whole,
        (None, true) => invoices::Credit::Restated,
        (Some(lines), false) => {
            let lines = lines.into_iter().map(|line| (line.n as usize, line.amount));
            invoices::Credit::Lines(lines.collect())
        }
        (Some(_), true) => {
            return Err(Problem::invalid(
                "Either lines or what was restated: a credit note is over one of the two.",
            ));
        }
    };
    let note = invoices::credit(&context, &by.grant, InvoiceId(id), &reason, what).await?;
    whole(&context, &by, note.id.0).await
}

/// Takes back what is left of an invoice and drafts its month anew; answers the draft.
#[utoipa::path(
    post, path = "/invoices/{id}/replace", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn replace_invoice(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<InvoiceReason>,
) -> Answer<Invoice> {
    let draft = invoices::replace(&context, &by.grant, InvoiceId(id), &ask.reason).await?;
    whole(&context, &by, draft.id.0).await
}

/// Records a payment; no more than is left to pay.
#[utoipa::path(
    post, path = "/invoices/{id}/payments", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = Invoice), Problem)
)]
async fn record_payment(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<PaymentDraft>,
) -> Answer<Invoice> {
    let PaymentDraft {
        day,
        amount,
        reference,
    } = ask;
    let ask = invoices::PaymentAsk {
        day: day.0,
        amount,
        reference,
    };
    invoices::pay(&context, &by.grant, InvoiceId(id), ask).await?;
    whole(&context, &by, id).await
}

/// Takes out a payment that was recorded in error; it stays in the trail.
#[utoipa::path(
    delete, path = "/invoices/{id}/payments/{n}", tag = "invoices",
    params(("id" = i64, Path), ("n" = u32, Path)),
    request_body = InvoiceReason,
    responses((status = 200, body = Invoice), Problem)
)]
async fn remove_payment(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path((id, n)): Path<(i64, u32)>,
    Json(ask): Json<InvoiceReason>,
) -> Answer<Invoice> {
    invoices::unpay(&context, &by.grant, InvoiceId(id), n, &ask.reason).await?;
    whole(&context, &by, id).await
}

/// How an invoice is put on paper.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaperQuestion {
    /// Whether the file carries its data for programs as well: Factur-X and ZUGFeRD, as PDF/A-3.
    pub hybrid: Option<bool>,
}

/// An invoice on paper; a draft's says that it is one.
#[utoipa::path(
    get, path = "/invoices/{id}/pdf", tag = "invoices", params(("id" = i64, Path), PaperQuestion),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Problem)
)]
async fn invoice_pdf(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<PaperQuestion>,
) -> Result<Response, Problem> {
    let paper = if ask.hybrid == Some(true) {
        invoices::hybrid(&context, &by.grant, InvoiceId(id)).await?
    } else {
        invoices::paper(&context, &by.grant, InvoiceId(id)).await?
    };
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("inline; filename=\"invoice-{id}.pdf\""),
        ),
    ];
    Ok((headers, paper).into_response())
}
