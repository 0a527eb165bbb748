//! A month at a glance.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::periods::PeriodBrief;
use crate::wire::{Amount, Day, Month};

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OverviewQuestion {
    /// The month; the latest loaded if absent.
    pub month: Option<Month>,
}

/// A month at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// Which month; `null` if nothing is loaded.
    #[schema(required)]
    pub month: Option<Month>,
    /// One a currency.
    pub results: Vec<OverviewResult>,
    /// What the figures rest on.
    pub periods: Vec<PeriodBrief>,
    /// What a person should look at.
    pub attention: Vec<Attention>,
}

/// A month in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewResult {
    /// The currency's code.
    pub currency: String,
    /// What the month cost.
    pub total: Amount,
    /// What the month before cost.
    pub previous_total: Amount,
    /// The services that cost most.
    pub drivers: Vec<Driver>,
    /// The people who spent most.
    pub owners: Vec<Driver>,
    /// What nobody owns.
    pub unowned: Amount,
    /// Day by day.
    pub days: Vec<DayAmount>,
}

/// A service or a person in a month at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Driver {
    /// What identifies it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it cost.
    pub amount: Amount,
    /// What it cost the month before.
    pub previous: Amount,
}

/// A day and its cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayAmount {
    /// The day.
    pub day: Day,
    /// Its cost.
    pub amount: Amount,
}

/// Something to look at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attention {
    /// What kind.
    pub kind: String,
    /// A sentence.
    pub text: String,
    /// A place of the interface.
    #[schema(required)]
    pub link: Option<String>,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
