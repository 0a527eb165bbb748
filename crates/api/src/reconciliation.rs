//! A month beside what the provider says of it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tallyport_ledger::{LoadCosts, ViewCosts};
use tallyport_workspace::{Context, reconcile};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Query};
use crate::jobs::Job;
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Moment, Month};

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReconciliationQuestion {
    /// The month.
    pub month: Month,
    /// Only this client's: name or number.
    pub client: Option<String>,
}

/// A month's totals beside each other.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconciliation {
    /// The month.
    pub month: Month,
    /// One a billing account and currency.
    pub clients: Vec<Reconciled>,
}

/// A billing account's month in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconciled {
    /// The client.
    pub client: ClientBrief,
    /// The payer.
    pub billing_account: String,
    /// The currency's code.
    pub currency: String,
    /// What each source says: ledger, export, cost_explorer, invoice.
    pub figures: Vec<Figure>,
    /// What lies between the ledger and each of the others.
    pub differences: Vec<Difference>,
    /// What made them, as far as it was found.
    pub findings: Vec<Finding>,
    /// agrees, explained, unexplained or incomplete (Cost Explorer was not asked).
    pub state: String,
}

/// A client in a few words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientBrief {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// What a source says a month cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figure {
    /// ledger, export, cost_explorer or invoice.
    pub source: String,
    /// How much; `null` if it has nothing, or was not asked.
    #[schema(required)]
    pub amount: Option<Amount>,
    /// When it was loaded or asked.
    #[schema(required)]
    pub as_of: Option<Moment>,
    /// estimated, pending invoice, final, corrected or missing.
    pub state: String,
    /// A sentence.
    pub text: String,
}

/// What lies between two figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct Difference {
    /// From this one
    pub from: String,
    /// to this one.
    pub to: String,
    /// How much.
    pub amount: Amount,
    /// What it is made of; adds up to it.
    pub parts: Vec<DifferencePart>,
}

/// A part of a difference.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferencePart {
    /// tax, support, credit, refund, excluded_operation, rounding, not_final or unexplained.
    pub class: String,
    /// How much.
    pub amount: Amount,
    /// A sentence.
    pub text: String,
}

/// Something that was found to be wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    /// missing_file, missing_account, split_cost_doubled, discount_doubled, invoice_tax, too_much
    /// or elsewhere.
    pub kind: String,
    /// A sentence.
    pub text: String,
    /// What the ledger has too much (above nothing) or too little.
    #[schema(required)]
    pub amount: Option<Amount>,
}

/// What to reconcile.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReconciliation {
    /// The month.
    pub month: Month,
    /// Only this client's: name or number.
    pub client: Option<String>,
    /// Only say what it would ask, and what that costs.
    #[serde(default)]
    pub dry_run: bool,
}

/// What reconciling would ask of AWS.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReconciliationPlan {
    /// Paid requests, at the least.
    pub requests: u32,
    /// Their price.
    pub price: Amount,
    /// The currency's code.
    pub currency: String,
    /// The calls in words.
    pub calls: Vec<String>,
}

impl From<reconcile::Reconciled> for Reconciled {
    fn from(account: reconcile::Reconciled) -> Self {
        let reconcile::Reconciled {
            client: (id, name),
            billing_account,
            currency,
            figures,
            differences,
            findings,
            state,
        } = account;
        Self {
            client: ClientBrief { id: id.0, name },
            billing_account,
            currency: currency.to_string(),
            figures: figures.into_iter().map(Figure::from).collect(),
            differences: differences.into_iter().map(Difference::from).collect(),
            findings: findings.into_iter().map(Finding::from).collect(),
            state: state.word().to_owned(),
        }
    }
}

impl From<reconcile::Figure> for Figure {
    fn from(figure: reconcile::Figure) -> Self {
        let reconcile::Figure {
            source,
            amount,
            as_of,
            state,
            text,
        } = figure;
        Self {
            source: source.word().to_owned(),
            amount: amount.map(Amount::from),
            as_of: as_of.map(Moment),
            state: state.to_owned(),
            text,
        }
    }
}

impl From<reconcile::Compared> for Difference {
    fn from(compared: reconcile::Compared) -> Self {
        let parts = compared
            .difference
            .parts
            .iter()
            .map(|(class, amount)| DifferencePart {
                class: class.word().to_owned(),
                amount: (*amount).into(),
                text: compared.text(*class, *amount),
            });
        Self {
            from: compared.from.word().to_owned(),
            to: compared.to.word().to_owned(),
            amount: compared.difference.amount.into(),
            parts: parts.collect(),
        }
    }
}

impl From<reconcile::Finding> for Finding {
    fn from(finding: reconcile::Finding) -> Self {
        let reconcile::Finding { kind, text, amount } = finding;
        Self {
            kind: kind.to_owned(),
            text,
            amount: amount.map(Amount::from),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(reconciliation))
        .routes(guarded_routes!(reconcile_month))
}

/// A month's ledger, export, Cost Explorer total and invoices, and what lies between them, as
/// they were last asked.
#[utoipa::path(
    get, path = "/reconciliation", tag = "reconciliation",
    params(ReconciliationQuestion),
    responses((status = 200, body = Reconciliation), Problem)
)]
async fn reconciliation(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<ReconciliationQuestion>,
) -> Answer<Reconciliation> {
    let ReconciliationQuestion { month, client } = ask;
    let reconcile::Reconciliation { month, accounts } =
        reconcile::show(&context, &by.grant, month.0, client).await?;
    Ok(axum::Json(Reconciliation {
        month: Month(month),
        clients: accounts.into_iter().map(Reconciled::from).collect(),
    }))
}

/// Asks Cost Explorer and AWS's invoicing about a month, or says with `dry_run` what that would
/// cost. The job's result is the reconciliation.
#[utoipa::path(
    post, path = "/reconciliations", tag = "reconciliation", request_body = NewReconciliation,
    responses(
        (status = 200, description = "With dry_run: the plan.", body = ReconciliationPlan),
        (status = 202, description = "The work has begun.", body = Job),
        Problem
    )
)]
async fn reconcile_month(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Json(ask): Json<NewReconciliation>,
) -> Result<Response, Problem> {
    let NewReconciliation {
        month,
        client,
        dry_run,
    } = ask;
    if dry_run {
        let reconcile::ReconcilePlan {
            requests,
            price,
            calls,
        } = reconcile::plan(&context, &by.grant, month.0, client).await?;
        return Ok(axum::Json(ReconciliationPlan {
            requests,
            currency: price.currency().to_string(),
            price: price.into(),
            calls,
        })
        .into_response());
    }
    let job = reconcile::reconcile(&context, &by.grant, month.0, client).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(Job::from(job))).into_response())
}
