//! What Cost Explorer answers, as it stands on the wire.

use std::collections::BTreeMap;

use serde::Serialize;

use super::request::{GroupDefinition, TimePeriod};

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CostAndUsageAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group_definitions: Vec<GroupDefinition>,
    pub results_by_time: Vec<ResultByTime>,
    pub dimension_value_attributes: Vec<DimensionValue>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ResultByTime {
    pub time_period: TimePeriod,
    pub total: BTreeMap<String, MetricValue>,
    pub groups: Vec<Group>,
    pub estimated: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Group {
    pub keys: Vec<String>,
    pub metrics: BTreeMap<String, MetricValue>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MetricValue {
    pub amount: String,
    pub unit: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct DimensionValue {
    pub value: String,
    pub attributes: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct DimensionValues {
    pub dimension_values: Vec<DimensionValue>,
    pub return_size: usize,
    pub total_size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct TagValues {
    pub tags: Vec<String>,
    pub return_size: usize,
    pub total_size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
}
