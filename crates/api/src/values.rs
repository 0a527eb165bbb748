//! The values that filters can take.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{ChargeCategory, ViewCosts};
use tallyport_workspace::{Context, RowName, Values as Dimension, values};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::{Day, shown};
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
    pub limit: Option<u32>,
    /// Only what charges had as known at the end of this day in UTC.
    pub as_of: Option<Day>,
}

/// Values of a dimension.
#[derive(Debug, Serialize, ToSchema)]
pub struct Values {
    /// By label.
    pub values: Vec<Labelled>,
    /// The day as known on which they are, if one was asked about.
    #[schema(required)]
    pub as_of: Option<Day>,
}

fn dimension(word: &str, key: Option<String>) -> Result<Dimension, Problem> {
    Ok(match word {
        "provider" => Dimension::Provider,
        "service" => Dimension::Service,
        "account" => Dimension::Account,
        "region" => Dimension::Region,
        "resource" => Dimension::Resource,
        "tag-key" => Dimension::TagKey,
        "tag-value" => Dimension::TagValue(
            key.ok_or_else(|| Problem::invalid("Values of which tag? Name it with key."))?,
        ),
        _ => {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                "request.not-found",
                format!("There is no dimension \"{}\".", shown(word)),
            )
            .hint(
                "service, account, region, provider, category, resource, tag-key or tag-value.",
            ));
        }
    })
}

/// The categories are FOCUS's; no bill adds one.
fn categories(search: &str) -> Vec<Labelled> {
    let search = search.to_lowercase();
    ChargeCategory::ALL
        .iter()
        .map(|category| category.word())
        .filter(|word| word.to_lowercase().contains(&search))
        .map(|word| Labelled {
            key: word.to_owned(),
            label: word.to_owned(),
        })
        .collect()
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(values))
}

/// The values that a filter can take.
#[utoipa::path(
    get, path = "/values/{dimension}", tag = "values",
    params(("dimension" = String, Path, description = "service, account, region, provider, category, resource, tag-key or tag-value"), ValuesQuestion),
    responses((status = 200, body = Values), Problem)
)]
async fn values(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(dimension): Path<String>,
    Query(ask): Query<ValuesQuestion>,
) -> Answer<Values> {
    let ValuesQuestion {
        search,
        key,
        limit,
        as_of,
    } = ask;
    let search = search.unwrap_or_default();
    if dimension == "category" {
        let values = categories(&search);
        return Ok(axum::Json(Values { values, as_of }));
    }
    let of = self::dimension(&dimension, key)?;
    let found = values::values(
        &context,
        &by.grant,
        of,
        search,
        limit.unwrap_or(50),
        as_of.map(|day| day.0),
    )
    .await?;
    let labelled = |RowName { key, label }| Labelled { key, label };
    Ok(axum::Json(Values {
        values: found.into_iter().map(labelled).collect(),
        as_of,
    }))
}
