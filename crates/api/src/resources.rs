//! Resources and who owns them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::charges::{Account, Labelled};
use crate::wire::{Amount, Month};

/// Which resources.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ResourcesQuestion {
    /// The month whose cost is shown; the latest loaded if absent.
    pub month: Option<Month>,
    /// A part of the id, the name or a tag's value.
    pub search: Option<String>,
    /// How many to leave out.
    pub offset: Option<u64>,
    /// How many at most, up to 1000.
    pub limit: Option<u64>,
}

/// A page of resources.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resources {
    /// How many there are on all pages.
    pub total_rows: u64,
    /// This page, the most expensive first.
    pub rows: Vec<Resource>,
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

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
