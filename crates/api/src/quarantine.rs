//! Months whose figures are too much to be true.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{LoadCosts, ViewCosts};
use tallyport_workspace::{Context, Quarantine, QuarantineId, plausibility};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Moment, Month};

/// Months in quarantine, then those that were let through.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quarantined {
    /// The latest month first.
    pub items: Vec<QuarantinedMonth>,
}

/// A month in quarantine.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantinedMonth {
    /// Its number.
    pub id: i64,
    /// The client's name.
    pub client: String,
    /// The billing account.
    pub billing_account: String,
    /// The month.
    pub period: Month,
    /// The currency's code.
    pub currency: String,
    /// leap (many times what is usual) or price (many times quantity × public price).
    pub reason: String,
    /// The day at fault, if it is one.
    #[schema(required)]
    pub day: Option<Day>,
    /// What was to be expected of that day, or of the month.
    pub expected: Amount,
    /// What is there.
    pub actual: Amount,
    /// A sentence.
    pub text: String,
    /// Since when.
    pub since: Moment,
    /// Who let it through, when and why; `null` while it is held.
    #[schema(required)]
    pub released: Option<Released>,
}

/// Somebody looked at it and let it through.
#[derive(Debug, Serialize, ToSchema)]
pub struct Released {
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub note: String,
}

/// Why a month is let through.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRelease {
    /// Why; it stays in the trail.
    pub note: String,
}

impl From<Quarantine> for QuarantinedMonth {
    fn from(held: Quarantine) -> Self {
        let text = plausibility::sentence(&held);
        let Quarantine {
            id,
            client: (_, client),
            billing_account,
            period,
            reason,
            day,
            expected,
            actual,
            since,
            released,
        } = held;
        Self {
            id: id.0,
            client,
            billing_account,
            period: Month(period),
            currency: actual.currency().to_string(),
            reason: reason.word().to_owned(),
            day: day.map(Day),
            expected: expected.into(),
            actual: actual.into(),
            text,
            since: Moment(since),
            released: released.map(|release| Released {
                by: release.by,
                at: Moment(release.at),
                note: release.note,
            }),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(quarantine))
        .routes(guarded_routes!(release))
}

/// Months that are kept from invoices because their figures are too much to be true.
#[utoipa::path(
    get, path = "/quarantine", tag = "quarantine",
    responses((status = 200, body = Quarantined), Problem)
)]
async fn quarantine(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Quarantined> {
    let items = plausibility::list(&context, &by.grant).await?;
    Ok(axum::Json(Quarantined {
        items: items.into_iter().map(QuarantinedMonth::from).collect(),
    }))
}

/// Lets a month through.
#[utoipa::path(
    post, path = "/quarantine/{id}/release", tag = "quarantine", request_body = NewRelease,
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = QuarantinedMonth), Problem)
)]
async fn release(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewRelease>,
) -> Answer<QuarantinedMonth> {
    let NewRelease { note } = ask;
    let released = plausibility::release(&context, &by.grant, QuarantineId(id), &note).await?;
    Ok(axum::Json(released.into()))
}
