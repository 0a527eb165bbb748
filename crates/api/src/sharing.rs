//! Shared cost: how pots are spread, and what everybody has then.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{AssignOwners, Currency, Money, ViewCosts};
use tallyport_workspace::{Context, NamedOwner, sharing};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::charges::Labelled;
use crate::costs::{days, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Month};

/// Shared cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingRules {
    /// In the order in which they were made.
    pub rules: Vec<SharingRule>,
}

/// How one pot is spread.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingRule {
    /// Its number.
    pub id: i64,
    /// Whose direct cost is spread.
    pub pot: Labelled,
    /// even, proportional (to what each taker owns) or fixed.
    pub method: String,
    /// Who takes part.
    pub takers: Vec<Taker>,
    /// The pot that takes part as the last.
    #[schema(required)]
    pub onward: Option<Taker>,
    /// Why.
    #[schema(required)]
    pub note: Option<String>,
}

/// Who takes part.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taker {
    /// Who.
    pub owner: Labelled,
    /// The share of the whole where it is fixed, as decimal text.
    #[schema(required)]
    pub share: Option<String>,
}

/// How a pot is to be spread.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSharingRule {
    /// Whose direct cost: `person:NAME`, `team:NAME` or `client:NAME`.
    pub pot: String,
    /// even, proportional or fixed.
    pub method: String,
    /// Who takes part.
    #[serde(default)]
    pub takers: Vec<NewTaker>,
    /// A pot that takes part as the last: what it gets it spreads by its own rule.
    pub onward: Option<NewTaker>,
    /// Why.
    pub note: Option<String>,
}

/// Who is to take part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaker {
    /// `person:NAME`, `team:NAME` or `client:NAME`.
    pub owner: String,
    /// The share of the whole for fixed sharing, such as 0.25; all of them are 1.
    pub share: Option<String>,
}

/// Which days, and which amounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SharedQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// billed or effective.
    pub metric: Option<String>,
}

/// What everybody has once pots are spread.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedCosts {
    /// One a currency: currencies are never added.
    pub results: Vec<SharedResult>,
}

/// What everybody has in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedResult {
    /// The currency's code.
    pub currency: String,
    /// The bill, which all rows add up to.
    pub total: Amount,
    /// One an owner, the largest first; `unowned` is nobody.
    pub rows: Vec<SharedRow>,
    /// What was spread.
    pub pots: Vec<SharedPot>,
}

/// What one owner has.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedRow {
    /// Who.
    pub owner: Labelled,
    /// What is owned directly.
    pub direct: Amount,
    /// What came from pots.
    pub shared: Amount,
    /// Both.
    pub total: Amount,
}

/// What a pot held.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedPot {
    /// Whose.
    pub owner: Labelled,
    /// How much.
    pub amount: Amount,
    /// Whether it was spread evenly because no taker owns anything that it could follow.
    pub fell_back_to_even: bool,
}

/// A share in parts per million as decimal text.
fn share(parts: u32) -> String {
    Money::from_nanos(i128::from(parts) * 1_000, Currency::USD).to_decimal(0)
}

impl From<(NamedOwner, Option<u32>)> for Taker {
    fn from((owner, parts): (NamedOwner, Option<u32>)) -> Self {
        Self {
            owner: Labelled::owner(Some(owner)),
            share: parts.map(share),
        }
    }
}

impl From<sharing::Sharing> for SharingRule {
    fn from(rule: sharing::Sharing) -> Self {
        let sharing::Sharing {
            id,
            pot,
            method,
            takers,
            onward,
            note,
        } = rule;
        Self {
            id,
            pot: Labelled::owner(Some(pot)),
            method: method.to_owned(),
            takers: takers.into_iter().map(Taker::from).collect(),
            onward: onward.map(Taker::from),
            note,
        }
    }
}

impl From<NewTaker> for sharing::TakerAsk {
    fn from(taker: NewTaker) -> Self {
        let NewTaker { owner, share } = taker;
        Self { owner, share }
    }
}

impl From<sharing::SharedCosts> for SharedResult {
    fn from(costs: sharing::SharedCosts) -> Self {
        let sharing::SharedCosts {
            currency,
            total,
            rows,
            pots,
        } = costs;
        Self {
            currency: currency.to_string(),
            total: total.into(),
            rows: rows.into_iter().map(SharedRow::from).collect(),
            pots: pots.into_iter().map(SharedPot::from).collect(),
        }
    }
}

impl From<sharing::SharedRow> for SharedRow {
    fn from(row: sharing::SharedRow) -> Self {
        let sharing::SharedRow {
            owner,
            direct,
            shared,
            total,
        } = row;
        Self {
            owner: Labelled::owner(owner),
            direct: direct.into(),
            shared: shared.into(),
            total: total.into(),
        }
    }
}

impl From<sharing::SharedPot> for SharedPot {
    fn from(pot: sharing::SharedPot) -> Self {
        let sharing::SharedPot {
            owner,
            amount,
            fell_back_to_even,
        } = pot;
        Self {
            owner: Labelled::owner(Some(owner)),
            amount: amount.into(),
            fell_back_to_even,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(sharing_rules))
        .routes(guarded_routes!(add_sharing_rule))
        .routes(guarded_routes!(delete_sharing_rule))
        .routes(guarded_routes!(shared_costs))
}

/// How shared cost is spread.
#[utoipa::path(
    get, path = "/sharing", tag = "sharing",
    responses((status = 200, body = SharingRules), Problem)
)]
async fn sharing_rules(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
) -> Answer<SharingRules> {
    let rules = sharing::list(&context, &by.grant).await?;
    Ok(axum::Json(SharingRules {
        rules: rules.into_iter().map(SharingRule::from).collect(),
    }))
}

/// Says how one pot is spread.
#[utoipa::path(
    post, path = "/sharing", tag = "sharing",
    responses((status = 201, body = SharingRule), Problem)
)]
async fn add_sharing_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Json(ask): Json<NewSharingRule>,
) -> Result<(StatusCode, axum::Json<SharingRule>), Problem> {
    let NewSharingRule {
        pot,
        method,
        takers,
        onward,
        note,
    } = ask;
    let ask = sharing::SharingAsk {
        pot,
        method,
        takers: takers.into_iter().map(sharing::TakerAsk::from).collect(),
        onward: onward.map(sharing::TakerAsk::from),
        note,
    };
    let rule = sharing::add(&context, &by.grant, ask).await?;
    Ok((StatusCode::CREATED, axum::Json(rule.into())))
}

/// Takes a sharing rule away: its pot is its owner's again.
#[utoipa::path(
    delete, path = "/sharing/{id}", tag = "sharing",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_sharing_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    sharing::delete(&context, &by.grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What everybody has once pots are spread.
#[utoipa::path(
    get, path = "/sharing/costs", tag = "sharing",
    params(SharedQuestion),
    responses((status = 200, body = SharedCosts), Problem)
)]
async fn shared_costs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<SharedQuestion>,
) -> Answer<SharedCosts> {
    let SharedQuestion {
        month,
        from,
        to,
        metric: amounts,
    } = ask;
    let days = days(month, from, to)?;
    let metric = metric(amounts.as_deref())?;
    let results = sharing::costs(&context, &by.grant, days, metric).await?;
    Ok(axum::Json(SharedCosts {
        results: results.into_iter().map(SharedResult::from).collect(),
    }))
}
