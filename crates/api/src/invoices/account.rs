//! How recipients stand: overdue invoices, statements of account, months that changed after they were billed.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tallyport_ledger::ReadInvoices;
use tallyport_workspace::{Context, invoices, reports};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::shape::{InvoiceReference, Invoices, Recipient, issuer};
use crate::guard::{Caller, guarded_routes};
use crate::input::{PageQuestion, Query};
use crate::owners::{OwnerName, recipient};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Month, shown};

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OverdueQuestion {
    /// As they stand on this day; today if absent.
    pub as_of: Option<Day>,
}

/// Whose account, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountQuestion {
    /// person:NAME, team:NAME or client:NAME, or kind and number.
    pub r#for: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// json, or pdf for a statement on the seller's paper in the recipient's language; json unless said otherwise.
    pub format: Option<String>,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RestatementsQuestion {
    /// The month.
    pub month: Month,
}

/// A statement of account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountStatement {
    /// Whose.
    pub r#for: Recipient,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// One a currency.
    pub results: Vec<AccountResult>,
}

/// A statement of account in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountResult {
    /// The currency's code.
    pub currency: String,
    /// What was owed before the first day.
    pub opening: Amount,
    /// What is owed after the last day.
    pub closing: Amount,
    /// What happened, in order.
    pub rows: Vec<AccountRow>,
}

/// Something that changed what is owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountRow {
    /// The day.
    pub day: Day,
    /// invoice, `credit_note` or payment.
    pub kind: String,
    /// The document, or the one that was paid.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// What the bank said of a payment.
    #[schema(required)]
    pub text: Option<String>,
    /// What it adds to what is owed.
    #[schema(required)]
    pub debit: Option<Amount>,
    /// What it takes away.
    #[schema(required)]
    pub credit: Option<Amount>,
    /// What is owed then.
    pub balance: Amount,
}

/// Months that changed after they were billed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Restatements {
    /// One a recipient and currency.
    pub restatements: Vec<Restatement>,
}

/// What became of a billed month, for one recipient and currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct Restatement {
    /// Whom it was billed to.
    pub r#for: Recipient,
    /// The currency of the costs.
    pub currency: String,
    /// The costs that were billed.
    pub billed: Amount,
    /// The costs as they are now, less what is billed to others.
    pub now: Amount,
    /// By how much they are more, or less.
    pub difference: Amount,
    /// Every line that is not what was billed.
    pub lines: Vec<RestatedLine>,
    /// The credit notes that would give back what is too much; what came on top is in the month's next draft.
    pub credits: Vec<ProposedCredit>,
}

/// A line that is not what was billed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestatedLine {
    /// The service.
    pub service: String,
    /// The resource.
    #[schema(required)]
    pub resource: Option<String>,
    /// By how much it is more, or less.
    pub difference: Amount,
}

/// A credit note that could be drafted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedCredit {
    /// The invoice.
    pub invoice: InvoiceReference,
    /// What it would credit before tax.
    pub amount: Amount,
    /// By line.
    pub lines: Vec<ProposedLine>,
}

/// A line of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedLine {
    /// The service.
    pub service: String,
    /// The resource.
    #[schema(required)]
    pub resource: Option<String>,
    /// What it would credit.
    pub amount: Amount,
}

impl From<invoices::Account> for AccountStatement {
    fn from(account: invoices::Account) -> Self {
        let invoices::Account {
            recipient,
            label,
            from,
            to,
            results,
        } = account;
        let result = |one: invoices::AccountResult| AccountResult {
            currency: one.currency.to_string(),
            opening: one.opening.into(),
            closing: one.closing.into(),
            rows: one.rows.into_iter().map(AccountRow::from).collect(),
        };
        Self {
            r#for: Recipient::of(recipient, label),
            from: Day(from),
            to: Day(to),
            results: results.into_iter().map(result).collect(),
        }
    }
}

impl From<invoices::AccountRow> for AccountRow {
    fn from(row: invoices::AccountRow) -> Self {
        let invoices::AccountRow {
            day,
            kind,
            invoice,
            number,
            reference,
            amount,
            balance,
        } = row;
        let adds = amount.nanos() >= 0;
        Self {
            day: Day(day),
            kind: kind.word().to_owned(),
            id: invoice.0,
            number: number.to_string(),
            text: reference.filter(|text| !text.is_empty()),
            debit: adds.then(|| amount.into()),
            credit: (!adds).then(|| amount.negated().into()),
            balance: balance.into(),
        }
    }
}

impl From<invoices::Restatement> for Restatement {
    fn from(restatement: invoices::Restatement) -> Self {
        let invoices::Restatement {
            recipient,
            label,
            currency,
            billed,
            now,
            difference,
            lines,
            credits,
        } = restatement;
        let line = |line: invoices::Difference| RestatedLine {
            service: line.service,
            resource: line.resource,
            difference: line.cost.into(),
        };
        let credit = |proposal: invoices::Proposal| ProposedCredit {
            invoice: InvoiceReference {
                id: proposal.invoice.0,
                number: proposal.number.map(|number| number.to_string()),
            },
            amount: proposal.amount.into(),
            lines: proposal
                .lines
                .into_iter()
                .map(|line| ProposedLine {
                    service: line.service,
                    resource: line.resource,
                    amount: line.exact.into(),
                })
                .collect(),
        };
        Self {
            r#for: Recipient::of(recipient, label),
            currency: currency.to_string(),
            billed: billed.into(),
            now: now.into(),
            difference: difference.into(),
            lines: lines.into_iter().map(line).collect(),
            credits: credits.into_iter().map(credit).collect(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(overdue))
        .routes(guarded_routes!(account))
        .routes(guarded_routes!(restatements))
}

/// Invoices that were to be paid before a day and are not, the longest first.
#[utoipa::path(
    get, path = "/invoices/overdue", tag = "invoices", params(OverdueQuestion),
    responses((status = 200, body = Invoices), crate::problem::Problem)
)]
async fn overdue(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Query(ask): Query<OverdueQuestion>,
) -> Answer<Invoices> {
    let day = ask.as_of.map_or_else(|| context.today(), |day| day.0);
    let ask = invoices::InvoicesAsk {
        overdue_on: Some(day),
        ..invoices::InvoicesAsk::default()
    };
    let everything = PageQuestion {
        page: None,
        per_page: None,
    };
    let found = invoices::page(&context, &by.grant, ask, everything.page()).await?;
    Ok(axum::Json(Invoices::of(found, issuer(&by))))
}

/// What a recipient was asked for, was credited and paid, with a balance a currency; with `format=pdf` on paper.
#[utoipa::path(
    get, path = "/invoices/statement", tag = "invoices", params(AccountQuestion),
    responses((status = 200, body = AccountStatement), crate::problem::Problem)
)]
async fn account(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Query(ask): Query<AccountQuestion>,
) -> Result<Response, Problem> {
    let AccountQuestion {
        r#for: whom,
        from: Day(from),
        to: Day(to),
        format,
    } = ask;
    let whom = recipient(&context, &by, OwnerName::Text(whom)).await?;
    match format.as_deref() {
        None | Some("json") => {
            let account = invoices::account(&context, &by.grant, whom, from, to).await?;
            Ok(axum::Json(AccountStatement::from(account)).into_response())
        }
        Some("pdf") => {
            let paper = reports::account(&context, &by.grant, whom, (from, to)).await?;
            let name = format!("inline; filename=\"statement-{from}-to-{to}.pdf\"");
            let headers = [
                (CONTENT_TYPE, "application/pdf".to_owned()),
                (CONTENT_DISPOSITION, name),
            ];
            Ok((headers, paper).into_response())
        }
        Some(word) => Err(Problem::invalid(format!(
            "\"{}\" is no form of a statement: json or pdf.",
            shown(word)
        ))),
    }
}

/// Who was billed a month that has changed since, and the credit notes that would give back what is too much.
#[utoipa::path(
    get, path = "/invoices/restatements", tag = "invoices", params(RestatementsQuestion),
    responses((status = 200, body = Restatements), crate::problem::Problem)
)]
async fn restatements(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Query(ask): Query<RestatementsQuestion>,
) -> Answer<Restatements> {
    let found = invoices::restatements(&context, &by.grant, ask.month.0).await?;
    Ok(axum::Json(Restatements {
        restatements: found.into_iter().map(Restatement::from).collect(),
    }))
}
