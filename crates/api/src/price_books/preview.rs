//! A month under a price book, beside what it is charged at now.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::IssueInvoices;
use tallyport_workspace::pricing::{self, EntryAsk, PreviewAsk, PreviewWhom};
use tallyport_workspace::{Context, PriceBookId, RecipientKind};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::{NewPriceEntry, PriceScope};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::owners::{OwnerName, recipient};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Month};

/// What to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PricePreviewQuestion {
    /// The month.
    pub month: Month,
    /// Whose: a person, team or client, or all `people`, `teams` or `clients`; people if absent.
    pub r#for: Option<OwnerName>,
    /// What the book would say, in place of what it says.
    pub entries: Option<Vec<NewPriceEntry>>,
    /// The currency of these entries.
    pub currency: Option<String>,
}

/// A month under a price book.
#[derive(Debug, Serialize, ToSchema)]
pub struct PricePreview {
    /// The month.
    pub month: Month,
    /// One a currency.
    pub totals: Vec<PriceFigures>,
    /// By name.
    pub recipients: Vec<PricedRecipient>,
    /// What the lines cannot show.
    pub warnings: Vec<String>,
}

/// What it comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceFigures {
    /// The currency's code.
    pub currency: String,
    /// What it costs the issuer.
    pub cost: Amount,
    /// What is charged by the books that count now.
    pub charged_now: Amount,
    /// What would be charged.
    pub charged: Amount,
    /// What would be left to the issuer.
    pub margin: Amount,
}

/// What a recipient's month comes to in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct PricedRecipient {
    /// Who.
    pub r#for: PriceScope,
    /// The book that counts now; none where cost is passed on.
    #[schema(required)]
    pub book_now: Option<String>,
    /// What it comes to.
    #[serde(flatten)]
    pub figures: PriceFigures,
    /// The lines under the book.
    pub lines: Vec<PricedRow>,
}

/// A line under a price book.
#[derive(Debug, Serialize, ToSchema)]
pub struct PricedRow {
    /// What stands on it in place of service and resource.
    #[schema(required)]
    pub text: Option<String>,
    /// The service.
    #[schema(required)]
    pub service: Option<String>,
    /// The resource.
    #[schema(required)]
    pub resource: Option<String>,
    /// What it costs the issuer.
    pub cost: Amount,
    /// What is charged.
    pub charged: Amount,
    /// Why: which entries of which book.
    pub why: String,
}

impl From<pricing::PreviewTotal> for PriceFigures {
    fn from(figures: pricing::PreviewTotal) -> Self {
        let pricing::PreviewTotal {
            cost,
            charged_now,
            charged,
            margin,
        } = figures;
        Self {
            currency: cost.currency().to_string(),
            cost: cost.into(),
            charged_now: charged_now.into(),
            charged: charged.into(),
            margin: margin.into(),
        }
    }
}

impl From<pricing::PreviewLine> for PricedRow {
    fn from(line: pricing::PreviewLine) -> Self {
        let pricing::PreviewLine {
            text,
            service,
            resource,
            cost,
            charged,
            why,
        } = line;
        Self {
            text,
            service,
            resource,
            cost: cost.into(),
            charged: charged.into(),
            why,
        }
    }
}

impl From<pricing::PreviewRow> for PricedRecipient {
    fn from(row: pricing::PreviewRow) -> Self {
        let pricing::PreviewRow {
            recipient,
            book_now,
            figures,
            lines,
        } = row;
        Self {
            r#for: PriceScope::of(Some(recipient)),
            book_now,
            figures: figures.into(),
            lines: lines.into_iter().map(PricedRow::from).collect(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(preview_price_book))
}

/// What a month would be charged at by this book, beside what it is charged at now. Nothing is kept.
#[utoipa::path(
    post, path = "/price-books/{id}/preview", tag = "price books",
    params(("id" = i64, Path)),
    responses((status = 200, body = PricePreview), Problem)
)]
async fn preview_price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<PricePreviewQuestion>,
) -> Answer<PricePreview> {
    let PricePreviewQuestion {
        month,
        r#for: whom,
        entries,
        currency,
    } = ask;
    let whom = match whom {
        None => PreviewWhom::All(RecipientKind::People),
        Some(name) => match everybody(&name) {
            Some(kind) => PreviewWhom::All(kind),
            None => PreviewWhom::One(recipient(&context, &by, name).await?),
        },
    };
    let entries = entries.map(|entries| entries.into_iter().map(EntryAsk::from).collect());
    let ask = PreviewAsk {
        month: month.0,
        whom,
        instead: entries.map(|entries| (currency, entries)),
    };
    let preview = pricing::preview(&context, &by.grant, PriceBookId(id), ask).await?;
    let pricing::Preview {
        month,
        totals,
        recipients,
        warnings,
    } = preview;
    Ok(axum::Json(PricePreview {
        month: Month(month),
        totals: totals.into_iter().map(PriceFigures::from).collect(),
        recipients: recipients.into_iter().map(PricedRecipient::from).collect(),
        warnings,
    }))
}

fn everybody(name: &OwnerName) -> Option<RecipientKind> {
    match name {
        OwnerName::Text(text) => match text.as_str() {
            "people" => Some(RecipientKind::People),
            "teams" => Some(RecipientKind::Teams),
            "clients" => Some(RecipientKind::Clients),
            "tenants" => Some(RecipientKind::Tenants),
            _ => None,
        },
        OwnerName::Number(_) => None,
    }
}
