//! What was spent, by whom or on what.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::periods::PeriodBrief;
use crate::wire::{Amount, Day, Month};

/// Which charges. A filter given twice means either value; different filters mean both.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filters {
    /// Owned by these people: names or numbers.
    pub person: Vec<String>,
    /// Owned by these teams, or by their members on that day: names or numbers.
    pub team: Vec<String>,
    /// On the bills of these clients: names or numbers.
    pub client: Vec<String>,
    /// Providers.
    pub provider: Vec<String>,
    /// Services.
    pub service: Vec<String>,
    /// Charge categories.
    pub category: Vec<String>,
    /// Sub accounts, by id.
    pub account: Vec<String>,
    /// Regions, by id.
    pub region: Vec<String>,
    /// Tags, each KEY=VALUE.
    pub tag: Vec<String>,
    /// Resources, by id.
    pub resource: Vec<String>,
    /// `unowned`: what nobody owns.
    pub owner: Vec<String>,
}

/// A question about costs: a month, or days from the first to the last.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CostsQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// person, team, client, provider, service, category, account, region or tag:KEY; service
    /// unless said otherwise.
    pub by: Option<String>,
    /// billed (the basis of the provider's invoice) or effective (amortised).
    pub metric: Option<String>,
    /// none, day or month: the columns.
    pub interval: Option<String>,
    /// previous: each row and total also for the range just before.
    pub compare: Option<String>,
}

/// What was spent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Costs {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// billed or effective.
    pub metric: String,
    /// What the rows are.
    pub by: String,
    /// What the columns are: none, day or month.
    pub interval: String,
    /// The columns, if there are any.
    pub columns: Vec<Column>,
    /// One result a currency: currencies are never added.
    pub results: Vec<CostResult>,
    /// The billing periods that the figures rest on.
    pub basis: Vec<PeriodBrief>,
}

/// A column: days.
#[derive(Debug, Serialize, ToSchema)]
pub struct Column {
    /// The day or the month.
    pub key: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
}

/// The figures of one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostResult {
    /// The currency's code.
    pub currency: String,
    /// The rows, the largest first.
    pub rows: Vec<CostRow>,
    /// The sum of all rows.
    pub total: Amount,
    /// The sum of each column.
    pub column_totals: Vec<Amount>,
    /// The sum in the range before, if asked for.
    #[schema(required)]
    pub previous_total: Option<Amount>,
}

/// One row.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostRow {
    /// What identifies it; `unowned` is what nobody owns.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Its sum.
    pub amount: Amount,
    /// Its sum in each column.
    pub cells: Vec<Amount>,
    /// Its sum in the range before, if asked for.
    #[schema(required)]
    pub previous: Option<Amount>,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
