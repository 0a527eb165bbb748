//! Invoices: drafts, issuing, paper.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tallyport_ledger::{DraftLine, InvoiceState, IssueInvoices, Money, ReadInvoices};
use tallyport_workspace::{Context, InvoiceId, OwnerKey, invoices};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::owners::{OwnerName, recipient};
use crate::settings::percent;
use crate::wire::{Amount, Day, Moment, Month, shown};

/// Which invoices.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoicesQuestion {
    /// Only of this month.
    pub month: Option<Month>,
    /// draft or issued.
    pub state: Option<String>,
}

/// Invoices.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invoices {
    /// The latest month first.
    pub invoices: Vec<Invoice>,
}

/// What was drafted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drafts {
    /// The drafts, by recipient.
    pub invoices: Vec<Invoice>,
    /// Who was left out, and why.
    pub nothing: Vec<NothingToBill>,
}

/// Somebody for whom no draft was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NothingToBill {
    /// Who.
    pub r#for: Recipient,
    /// Why.
    pub reason: String,
}

/// What to draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDrafts {
    /// The month.
    pub month: Month,
    /// For whom; everybody who has costs if absent.
    pub r#for: Option<OwnerName>,
}

/// An invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invoice {
    /// Its number in this workspace, from the draft on.
    pub id: i64,
    /// draft or issued.
    pub state: String,
    /// The number on the paper, taken at issue.
    #[schema(required)]
    pub number: Option<String>,
    /// The month it bills.
    pub period: Month,
    /// Who is billed.
    pub r#for: Recipient,
    /// The currency's code.
    pub currency: String,
    /// The sum of the lines.
    pub subtotal: Amount,
    /// The tax.
    pub tax: Amount,
    /// The tax rate in percent.
    pub tax_rate: String,
    /// What is to be paid.
    pub total: Amount,
    /// The costs of the month before.
    #[schema(required)]
    pub previous_total: Option<Amount>,
    /// By service and resource.
    pub lines: Vec<InvoiceLine>,
    /// billed or effective: what it is made of.
    pub metric: String,
    /// When it was drafted.
    pub drafted_at: Moment,
    /// When it was issued.
    #[schema(required)]
    pub issued_on: Option<Day>,
    /// When it is to be paid.
    #[schema(required)]
    pub due_on: Option<Day>,
    /// What to look at before it is issued.
    pub warnings: Vec<String>,
    /// Printed on every page, such as "Demo data".
    #[schema(required)]
    pub mark: Option<String>,
}

/// Who is billed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recipient {
    /// person or team.
    pub kind: String,
    /// The person's or team's number.
    pub id: i64,
    /// The name.
    pub label: String,
}

/// A line of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLine {
    /// The service.
    pub service: String,
    /// The resource.
    #[schema(required)]
    pub resource: Option<String>,
    /// As the paper shows it, rounded so that the lines add up to the subtotal.
    pub amount: Amount,
    /// To the nano.
    pub exact: Amount,
}

impl Recipient {
    fn of(key: OwnerKey, label: String) -> Self {
        Self {
            kind: key.kind().to_owned(),
            id: key.number(),
            label,
        }
    }
}

impl From<invoices::InvoiceView> for Invoice {
    fn from(view: invoices::InvoiceView) -> Self {
        let invoices::InvoiceView {
            id,
            state,
            number,
            recipient,
            label,
            content,
            amounts,
            totals,
            previous_total,
            drafted_at,
            issued_on,
            due_on,
            warnings,
            mark,
        } = view;
        let line = |(line, amount): (&DraftLine, Money)| InvoiceLine {
            service: line.service.clone(),
            resource: line.resource.clone(),
            amount: amount.into(),
            exact: line.exact.into(),
        };
        Self {
            id: id.0,
            state: state.word().to_owned(),
            number: number.map(|number| number.to_string()),
            period: Month(content.period()),
            r#for: Recipient::of(recipient, label.to_string()),
            currency: content.currency().to_string(),
            subtotal: totals.subtotal.into(),
            tax: totals.tax.into(),
            tax_rate: percent(content.tax()),
            total: totals.total.into(),
            previous_total: previous_total.map(Amount::from),
            lines: content.lines().iter().zip(amounts).map(line).collect(),
            metric: content.metric().word().to_owned(),
            drafted_at: Moment(drafted_at),
            issued_on: issued_on.map(Day),
            due_on: due_on.map(Day),
            warnings,
            mark,
        }
    }
}

impl From<invoices::NothingToBill> for NothingToBill {
    fn from(nothing: invoices::NothingToBill) -> Self {
        let invoices::NothingToBill {
            recipient,
            label,
            reason,
        } = nothing;
        Self {
            r#for: Recipient::of(recipient, label),
            reason,
        }
    }
}

fn state(word: Option<&str>) -> Result<Option<InvoiceState>, Problem> {
    match word {
        None => Ok(None),
        Some("draft") => Ok(Some(InvoiceState::Draft)),
        Some("issued") => Ok(Some(InvoiceState::Issued)),
        Some(word) => Err(Problem::invalid(format!(
            "\"{}\" is no state of an invoice: draft or issued.",
            shown(word)
        ))),
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(invoices))
        .routes(guarded_routes!(draft_invoices))
        .routes(guarded_routes!(invoice))
        .routes(guarded_routes!(delete_draft))
        .routes(guarded_routes!(issue_invoice))
        .routes(guarded_routes!(invoice_pdf))
}

/// Invoices, drafts among them.
#[utoipa::path(
    get, path = "/invoices", tag = "invoices",
    params(InvoicesQuestion),
    responses((status = 200, body = Invoices), Problem)
)]
async fn invoices(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Query(ask): Query<InvoicesQuestion>,
) -> Answer<Invoices> {
    let InvoicesQuestion {
        month,
        state: within,
    } = ask;
    let month = month.map(|month| month.0);
    let invoices = invoices::list(&context, &by.grant, month, state(within.as_deref())?).await?;
    Ok(axum::Json(Invoices {
        invoices: invoices.into_iter().map(Invoice::from).collect(),
    }))
}

/// Drafts a month anew, for everybody who has costs or for one; issued invoices stay.
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
    Ok(axum::Json(Drafts {
        invoices: invoices.into_iter().map(Invoice::from).collect(),
        nothing: nothing.into_iter().map(NothingToBill::from).collect(),
    }))
}

/// An invoice.
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
    let invoice = invoices::get(&context, &by.grant, InvoiceId(id)).await?;
    Ok(axum::Json(invoice.into()))
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
    let invoice = invoices::issue(&context, &by.grant, InvoiceId(id)).await?;
    Ok(axum::Json(invoice.into()))
}

/// An invoice on paper; a draft's says that it is one.
#[utoipa::path(
    get, path = "/invoices/{id}/pdf", tag = "invoices", params(("id" = i64, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Problem)
)]
async fn invoice_pdf(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let paper = invoices::paper(&context, &by.grant, InvoiceId(id)).await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("inline; filename=\"invoice-{id}.pdf\""),
        ),
    ];
    Ok((headers, paper).into_response())
}
