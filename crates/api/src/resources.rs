//! Resources and who owns them.

use std::collections::BTreeMap;

use axum::extract::State;
use tallyport_ledger::ViewResources;
use tallyport_workspace::{Context, ResourceRow, resources};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::charges::{Account, Labelled, page};
use crate::costs::metric;
use crate::wire::{Amount, Day, Month};

/// Which resources.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ResourcesQuestion {
    /// The month whose cost is shown; the latest loaded if absent.
    pub month: Option<Month>,
    /// billed or effective.
    pub metric: Option<String>,
    /// A part of the id or the name.
    pub search: Option<String>,
    /// How many to leave out.
    pub offset: Option<u64>,
    /// How many at most, up to 1000.
    pub limit: Option<u64>,
}

/// A page of resources.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resources {
    /// The month whose cost is shown; `null` if nothing is loaded.
    #[schema(required)]
    pub month: Option<Month>,
    /// How many there are on all pages.
    pub total_rows: u64,
    /// This page, the most expensive first.
    pub rows: Vec<Resource>,
    /// The day as known on which they are, if one was asked about.
    #[schema(required)]
    pub as_of: Option<Day>,
}

/// A resource as the bill knows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resource {
    /// Its id.
    pub resource: String,
    /// Its name.
    #[schema(required)]
    pub name: Option<String>,
    /// Its service.
    pub service: String,
    /// The account that uses it.
    #[schema(required)]
    pub account: Option<Account>,
    /// Its region's id.
    #[schema(required)]
    pub region: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// What it cost in the month.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// Who owns it now; `null` is nobody.
    #[schema(required)]
    pub owner: Option<Labelled>,
}

impl From<ResourceRow> for Resource {
    fn from(row: ResourceRow) -> Self {
        let ResourceRow {
            resource,
            name,
            service,
            account,
            region,
            tags,
            amount,
            owner,
        } = row;
        Self {
            resource,
            name,
            service,
            account: account.map(Account::from),
            region,
            tags,
            currency: amount.currency().to_string(),
            amount: amount.into(),
            owner: owner.map(|owner| Labelled::owner(Some(owner))),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(resources))
}

/// Resources, what they cost and who owns them.
#[utoipa::path(
    get, path = "/resources", tag = "resources",
    params(ResourcesQuestion, crate::costs::Filters),
    responses((status = 200, body = Resources), Problem)
)]
async fn resources(
    by: Caller<ViewResources>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<ResourcesQuestion>,
) -> Answer<Resources> {
    let ResourcesQuestion {
        month,
        metric: amounts,
        search,
        offset,
        limit,
    } = ask;
    let as_of = filters.as_of;
    let ask = resources::ResourcesAsk {
        month: month.map(|month| month.0),
        metric: metric(amounts.as_deref())?,
        search: search.unwrap_or_default(),
        filter: filters.into(),
        page: page(offset, limit),
    };
    let resources::Resources {
        month,
        total_rows,
        rows,
    } = resources::resources(&context, &by.grant, ask).await?;
    Ok(axum::Json(Resources {
        month: month.map(Month),
        total_rows,
        rows: rows.into_iter().map(Resource::from).collect(),
        as_of,
    }))
}
