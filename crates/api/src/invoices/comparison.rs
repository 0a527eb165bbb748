//! A month beside the one before it.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{BillingPeriod, ReadInvoices};
use tallyport_workspace::{Context, RecipientKind, invoices};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::Recipient;
use super::batch::kind_of;
use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Month};

/// Which month, and whose.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ComparisonQuestion {
    /// The month.
    pub month: Month,
    /// people, teams or clients; those who are billed if absent.
    pub r#for: Option<String>,
}

/// A month beside the one before it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceComparison {
    /// The month.
    pub month: Month,
    /// The one before it.
    pub before: Month,
    /// By which rule a change is marked.
    pub rule: String,
    /// What is marked first, then by what changed most.
    pub rows: Vec<InvoiceComparisonRow>,
}

/// One recipient's two months in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceComparisonRow {
    /// Who is billed.
    pub r#for: Recipient,
    /// The currency.
    pub currency: String,
    /// invoices (before tax, less what was credited), or costs where there are no invoices of both months.
    pub basis: String,
    /// This month's invoice or draft.
    #[schema(required)]
    pub invoice: Option<i64>,
    /// This month.
    #[schema(required)]
    pub now: Option<Amount>,
    /// The month before.
    #[schema(required)]
    pub before: Option<Amount>,
    /// This month less the one before.
    pub change: Amount,
    /// The change in percent of the month before; `null` where there was nothing.
    #[schema(required, example = "-12.5")]
    pub percent: Option<String>,
    /// Whether it is marked.
    pub outlier: bool,
    /// Why, in words.
    #[schema(required)]
    pub why: Option<String>,
}

impl From<invoices::ComparisonRow> for InvoiceComparisonRow {
    fn from(row: invoices::ComparisonRow) -> Self {
        let invoices::ComparisonRow {
            whom,
            basis,
            invoice,
            now,
            before,
            compared,
            why,
        } = row;
        Self {
            r#for: Recipient::of(whom.key, whom.name),
            currency: compared.change.currency().to_string(),
            basis: basis.word().to_owned(),
            invoice: invoice.map(|id| id.0),
            now: now.map(Amount::from),
            before: before.map(Amount::from),
            change: compared.change.into(),
            percent: compared.percent(),
            outlier: compared.outlier.is_some(),
            why,
        }
    }
}

impl ComparisonQuestion {
    /// The same, read.
    pub(crate) fn asked(self) -> Result<(BillingPeriod, Option<RecipientKind>), Problem> {
        let kind = self.r#for.as_deref().map(kind_of).transpose()?;
        Ok((self.month.0, kind))
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(compare_invoices))
}

/// Lays a month beside the one before it, recipient by recipient, and marks what is worth a look.
#[utoipa::path(
    get, path = "/invoices/comparison", tag = "invoices", params(ComparisonQuestion),
    responses((status = 200, body = InvoiceComparison), Problem)
)]
async fn compare_invoices(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Query(ask): Query<ComparisonQuestion>,
) -> Answer<InvoiceComparison> {
    let (month, kind) = ask.asked()?;
    let found = invoices::comparison(&context, &by.grant, month, kind).await?;
    Ok(axum::Json(InvoiceComparison {
        month: Month(found.month),
        before: Month(found.before),
        rule: invoices::RULE.to_owned(),
        rows: found
            .rows
            .into_iter()
            .map(InvoiceComparisonRow::from)
            .collect(),
    }))
}
