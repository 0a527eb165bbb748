//! The budgets that an account has at AWS.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::SetBudgets;
use tallyport_workspace::budgets::{self, FoundBudget, ImportAsk, Imported};
use tallyport_workspace::{ConnectionId, Context};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::shape::amount_or_plan;
use crate::guard::{Caller, guarded_routes};
use crate::input::Json;
use crate::problem::{Answer, Problem};
use crate::wire::Amount;

/// Whose budgets, and whether they are only looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportOfBudgets {
    /// The number of the connection.
    pub connection: i64,
    /// Only say what would be taken over.
    #[serde(default)]
    pub dry_run: bool,
}

/// What AWS has, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedBudgets {
    /// Budgets that can be said here.
    pub found: Vec<AwsBudget>,
    /// How many were taken over.
    pub imported: usize,
    /// Budgets that cannot.
    pub unsupported: Vec<UnsupportedBudget>,
}

/// A budget at AWS.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwsBudget {
    /// Its name.
    pub name: String,
    /// What it is about, in words.
    pub scope: String,
    /// day, month, quarter or year.
    pub period: String,
    /// The currency's code.
    pub currency: String,
    /// How much may be spent; `null` where there is a plan.
    #[schema(required)]
    pub amount: Option<Amount>,
    /// How much may be spent in each month; `null` where there is one amount.
    #[schema(required)]
    pub plan: Option<Vec<Amount>>,
    /// Whether there is a budget of that name already: it stays as it is.
    pub known: bool,
    /// What is different here; may be empty.
    pub note: String,
}

/// A budget at AWS that cannot be said here.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnsupportedBudget {
    /// Its name.
    pub name: String,
    /// Why not.
    pub reason: String,
}

impl From<FoundBudget> for AwsBudget {
    fn from(found: FoundBudget) -> Self {
        let FoundBudget {
            name,
            scope,
            period,
            limit,
            known,
            notes,
        } = found;
        let currency = limit.currency().to_string();
        let (amount, plan) = amount_or_plan(&limit);
        Self {
            name,
            scope,
            period: period.word().to_owned(),
            currency,
            amount,
            plan,
            known,
            note: notes.join("; "),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(import_aws_budgets))
}

/// Takes over the budgets that a connection's account has at AWS.
#[utoipa::path(
    post, path = "/budgets/aws", tag = "budgets", request_body = ImportOfBudgets,
    responses((status = 200, body = ImportedBudgets), Problem)
)]
async fn import_aws_budgets(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Json(ask): Json<ImportOfBudgets>,
) -> Answer<ImportedBudgets> {
    let ask = ImportAsk {
        connection: ConnectionId(ask.connection),
        dry_run: ask.dry_run,
    };
    let Imported {
        found,
        imported,
        unsupported,
    } = budgets::import(&context, &by.grant, ask).await?;
    Ok(axum::Json(ImportedBudgets {
        found: found.into_iter().map(AwsBudget::from).collect(),
        imported,
        unsupported: unsupported
            .into_iter()
            .map(|(name, reason)| UnsupportedBudget { name, reason })
            .collect(),
    }))
}
