//! What Cost Explorer is asked, as it stands on the wire.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct TimePeriod {
    pub start: String,
    pub end: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct GroupDefinition {
    #[serde(rename = "Type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub key: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CostAndUsage {
    pub time_period: Option<TimePeriod>,
    pub granularity: Option<String>,
    #[serde(default)]
    pub metrics: Vec<String>,
    #[serde(default)]
    pub group_by: Vec<GroupDefinition>,
    pub filter: Option<Expression>,
    #[serde(skip_serializing)]
    pub next_page_token: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SortDefinition {
    pub key: String,
    #[serde(default)]
    pub sort_order: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Listing {
    pub time_period: Option<TimePeriod>,
    pub dimension: Option<String>,
    pub tag_key: Option<String>,
    pub search_string: Option<String>,
    pub context: Option<String>,
    pub filter: Option<Expression>,
    #[serde(default)]
    pub sort_by: Vec<SortDefinition>,
    pub max_results: Option<i64>,
    #[serde(skip_serializing)]
    pub next_page_token: Option<String>,
}

/// A filter. Exactly one of the fields is to be set, which [`super::filter`] checks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Expression {
    pub or: Option<Vec<Expression>>,
    pub and: Option<Vec<Expression>>,
    pub not: Option<Box<Expression>>,
    pub dimensions: Option<Values>,
    pub tags: Option<Values>,
    pub cost_categories: Option<Values>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Values {
    pub key: Option<String>,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub match_options: Vec<String>,
}
