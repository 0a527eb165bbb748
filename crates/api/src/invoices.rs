//! Invoices: drafts, issuing, paper.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::rules::OwnerName;
use crate::wire::{Amount, Day, Month};

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
    /// When it was issued.
    #[schema(required)]
    pub issued_on: Option<Day>,
    /// When it is to be paid.
    #[schema(required)]
    pub due_on: Option<Day>,
    /// What to look at before it is issued.
    pub warnings: Vec<String>,
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

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
