//! Cost and Usage Reports of before data exports: DescribeReportDefinitions.

use serde::Deserialize;
use serde_json::{Value, json};

use super::definition::Definition;
use crate::call::{self, Call, Protocol, Reply};
use crate::dispatch::missing;
use crate::sandbox::State;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    max_results: Option<usize>,
    next_token: Option<String>,
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    if call.operation != "DescribeReportDefinitions" {
        return missing("cur", call);
    }
    let refused = |message: &str| call::error(Protocol::Json, 400, "ValidationException", message);
    let Ok(asked) = serde_json::from_slice::<Asked>(&call.body) else {
        return refused("The request is not JSON of the form that is expected.");
    };
    let size = asked.max_results.unwrap_or(5);
    if size != 5 {
        return refused("MaxResults must be 5.");
    }
    let from = match asked.next_token.as_deref().map(str::parse) {
        None => 0,
        Some(Ok(from)) => from,
        Some(Err(_)) => return refused("The pagination token is invalid."),
    };
    let all = state.exports.reports_of(call.identity.account);
    let page: Vec<Value> = all
        .iter()
        .skip(from)
        .take(size)
        .map(|report| definition(state, report))
        .collect();
    let mut body = json!({ "ReportDefinitions": page });
    let next = from.saturating_add(size);
    if let Some(fields) = body.as_object_mut().filter(|_| next < all.len()) {
        fields.insert("NextToken".into(), next.to_string().into());
    }
    call::reply(200, "application/x-amz-json-1.1", body.to_string())
}

fn definition(state: &State, report: &Definition) -> Value {
    let mut elements = vec!["RESOURCES"];
    if report.has_pods() {
        elements.push("SPLIT_COST_ALLOCATION_DATA");
    }
    json!({
        "ReportName": report.name,
        "TimeUnit": "DAILY",
        "Format": "textORcsv",
        "Compression": "GZIP",
        "AdditionalSchemaElements": elements,
        "S3Bucket": report.bucket,
        "S3Prefix": report.prefix,
        "S3Region": report.region,
        "AdditionalArtifacts": [],
        "RefreshClosedReports": true,
        "ReportVersioning": if report.overwrites { "OVERWRITE_REPORT" } else { "CREATE_NEW_REPORT" },
        "ReportStatus": {
            "lastDelivery": state.today().strftime("%Y%m%dT041200Z").to_string(),
            "lastStatus": "SUCCESS",
        },
    })
}
