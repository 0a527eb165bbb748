//! The values that filters can take.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::charges::Labelled;

/// Which values.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ValuesQuestion {
    /// A part of the value.
    pub search: Option<String>,
    /// Of this tag, for `tag-value`.
    pub key: Option<String>,
    /// How many at most, up to 1000.
    pub limit: Option<u64>,
}

/// Values of a dimension.
#[derive(Debug, Serialize, ToSchema)]
pub struct Values {
    /// By label.
    pub values: Vec<Labelled>,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
