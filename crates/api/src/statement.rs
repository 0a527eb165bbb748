//! A person's month, by service and resource, against the month before.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, PersonId, statement};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::costs::metric;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Month};

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementQuestion {
    /// The month.
    pub month: Month,
    /// billed or effective.
    pub metric: Option<String>,
    /// As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent.
    pub as_of: Option<Day>,
}

/// A person's month.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statement {
    /// Whose.
    pub person: PersonBrief,
    /// Which.
    pub month: Month,
    /// One a currency.
    pub results: Vec<StatementResult>,
    /// The day as known on which it is, if one was asked about.
    #[schema(required)]
    pub as_of: Option<Day>,
}

/// A person in a word.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonBrief {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// A person's month in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementResult {
    /// The currency's code.
    pub currency: String,
    /// What they spent.
    pub total: Amount,
    /// What they spent the month before.
    pub previous_total: Amount,
    /// By service, the largest first.
    pub services: Vec<StatementService>,
}

/// A service in a person's month.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementService {
    /// The service.
    pub service: String,
    /// What it cost.
    pub amount: Amount,
    /// What it cost the month before.
    pub previous: Amount,
    /// By resource, the largest first.
    pub resources: Vec<StatementResource>,
}

/// A resource in a person's month.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementResource {
    /// Its id, if the bill names one.
    #[schema(required)]
    pub resource: Option<String>,
    /// Its name.
    #[schema(required)]
    pub name: Option<String>,
    /// What it cost.
    pub amount: Amount,
}

impl Statement {
    fn new(statement: statement::Statement, as_of: Option<Day>) -> Self {
        let statement::Statement {
            person,
            month,
            results,
        } = statement;
        Self {
            person: PersonBrief {
                id: person.id.0,
                name: person.name,
            },
            month: Month(month),
            results: results.into_iter().map(StatementResult::from).collect(),
            as_of,
        }
    }
}

impl From<statement::StatementResult> for StatementResult {
    fn from(result: statement::StatementResult) -> Self {
        let statement::StatementResult {
            currency,
            total,
            previous_total,
            services,
        } = result;
        Self {
            currency: currency.to_string(),
            total: total.into(),
            previous_total: previous_total.into(),
            services: services.into_iter().map(StatementService::from).collect(),
        }
    }
}

impl From<statement::StatementService> for StatementService {
    fn from(service: statement::StatementService) -> Self {
        let statement::StatementService {
            service,
            amount,
            previous,
            resources,
        } = service;
        Self {
            service,
            amount: amount.into(),
            previous: previous.into(),
            resources: resources.into_iter().map(StatementResource::from).collect(),
        }
    }
}

impl From<statement::StatementResource> for StatementResource {
    fn from(resource: statement::StatementResource) -> Self {
        let statement::StatementResource {
            resource,
            name,
            amount,
        } = resource;
        Self {
            resource,
            name,
            amount: amount.into(),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(statement))
}

/// A person's month by service and resource, against the month before.
#[utoipa::path(
    get, path = "/people/{id}/statement", tag = "people",
    params(("id" = i64, Path), StatementQuestion),
    responses((status = 200, body = Statement), Problem)
)]
async fn statement(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<StatementQuestion>,
) -> Answer<Statement> {
    let StatementQuestion {
        month,
        metric: amounts,
        as_of,
    } = ask;
    let amounts = metric(amounts.as_deref())?;
    let month = month.0;
    let (person, day) = (PersonId(id), as_of.map(|day| day.0));
    let statement = statement::statement(&context, &by.grant, person, month, amounts, day).await?;
    Ok(axum::Json(Statement::new(statement, as_of)))
}
