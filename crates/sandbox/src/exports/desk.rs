//! Data exports: ListExports, GetExport, CreateExport, ListExecutions, GetExecution.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::definition::{Definition, Format, Table, arn};
use super::{Months, bring, query};
use crate::call::{self, Call, Protocol, Reply};
use crate::dispatch::missing;
use crate::sandbox::State;
use crate::written::Written;

/// Why data exports say no.
struct Refusal(u16, &'static str, String);

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal(400, "ValidationException", message.into())
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal(500, "InternalServerException", error.to_string())
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let done = match call.operation.as_str() {
        "ListExports" => list(state, call),
        "GetExport" => get(state, call),
        "CreateExport" => create(state, call),
        "ListExecutions" => executions(state, call),
        "GetExecution" => execution(state, call),
        _ => return missing("bcm-data-exports", call),
    };
    match done {
        Ok(body) => call::reply(200, "application/x-amz-json-1.1", body.to_string()),
        Err(Refusal(status, code, message)) => call::error(Protocol::Json, status, code, &message),
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    export_arn: Option<String>,
    execution_id: Option<String>,
    max_results: Option<i64>,
    next_token: Option<String>,
    export: Option<Wanted>,
}

/// An export as CreateExport is asked for it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wanted {
    name: String,
    description: Option<String>,
    data_query: WantedQuery,
    destination_configurations: WantedDestination,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WantedQuery {
    query_statement: String,
    #[serde(default)]
    table_configurations: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WantedDestination {
    #[serde(rename = "S3Destination")]
    s3: WantedBucket,
}

#[derive(Debug, Deserialize)]
struct WantedBucket {
    #[serde(rename = "S3Bucket")]
    bucket: String,
    #[serde(rename = "S3Prefix")]
    prefix: String,
    #[serde(rename = "S3Region")]
    region: String,
    #[serde(rename = "S3OutputConfigurations")]
    output: WantedOutput,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WantedOutput {
    format: String,
    compression: String,
    overwrite: String,
}

fn read(call: &Call) -> Result<Asked, Refusal> {
    serde_json::from_slice(&call.body).map_err(|error| invalid(error.to_string()))
}

/// One page of `all`, and the token of the next.
fn page<T: Clone>(all: &[T], asked: &Asked) -> Result<(Vec<T>, Option<String>), Refusal> {
    let size = match asked.max_results {
        None => 100,
        Some(size) => usize::try_from(size)
            .ok()
            .filter(|size| (1..=100).contains(size))
            .ok_or_else(|| invalid("MaxResults must be between 1 and 100."))?,
    };
    let from: usize = match &asked.next_token {
        None => 0,
        Some(token) => token
            .strip_prefix("demo.")
            .and_then(|from| from.parse().ok())
            .ok_or_else(|| invalid("The pagination token is invalid."))?,
    };
    let page = all.iter().skip(from).take(size).cloned().collect();
    let next = from.saturating_add(size);
    Ok((page, (next < all.len()).then(|| format!("demo.{next}"))))
}

fn list(state: &State, call: &Call) -> Result<Value, Refusal> {
    let asked = read(call)?;
    let all = state.exports.of_account(call.identity.account);
    let (exports, next) = page(&all, &asked)?;
    let exports: Vec<Value> = exports
        .iter()
        .map(|export| {
            json!({
                "ExportArn": export.arn,
                "ExportName": export.name,
                "ExportStatus": status(state, export),
            })
        })
        .collect();
    Ok(with_token(json!({ "Exports": exports }), next))
}

fn with_token(mut answer: Value, token: Option<String>) -> Value {
    if let (Some(fields), Some(token)) = (answer.as_object_mut(), token) {
        fields.insert("NextToken".into(), token.into());
    }
    answer
}

fn status(state: &State, export: &Definition) -> Value {
    let created = format!("{}T09:00:00.000Z", String::from(export.created_on));
    let refreshed = format!("{}T04:12:00.000Z", state.today());
    json!({
        "StatusCode": "HEALTHY",
        "CreatedAt": created,
        "LastUpdatedAt": created,
        "LastRefreshedAt": if refreshed > created { refreshed } else { created.clone() },
    })
}

/// The export that is asked for, if it belongs to the account that asks.
fn found(state: &State, call: &Call, asked: &Asked) -> Result<Definition, Refusal> {
    let wanted = asked.export_arn.as_deref().unwrap_or_default();
    let mut exports = state.exports.of_account(call.identity.account).into_iter();
    exports.find(|export| export.arn == wanted).ok_or_else(|| {
        let message = format!("Export not found: {wanted}");
        Refusal(404, "ResourceNotFoundException", message)
    })
}

fn get(state: &State, call: &Call) -> Result<Value, Refusal> {
    let export = found(state, call, &read(call)?)?;
    let (format, compression) = match export.format {
        Format::Csv => ("TEXT_OR_CSV", "GZIP"),
        Format::Parquet => ("PARQUET", "PARQUET"),
    };
    let overwrite = if export.overwrites {
        "OVERWRITE_REPORT"
    } else {
        "CREATE_NEW_REPORT"
    };
    Ok(json!({
        "Export": {
            "ExportArn": export.arn,
            "Name": export.name,
            "Description": export.description,
            "DataQuery": {
                "QueryStatement": export.statement,
                "TableConfigurations": export.configurations,
            },
            "DestinationConfigurations": { "S3Destination": {
                "S3Bucket": export.bucket,
                "S3Prefix": export.prefix,
                "S3Region": export.region,
                "S3OutputConfigurations": {
                    "OutputType": "CUSTOM",
                    "Format": format,
                    "Compression": compression,
                    "Overwrite": overwrite,
                },
            } },
            "RefreshCadence": { "Frequency": "SYNCHRONOUS" },
        },
        "ExportStatus": status(state, &export),
    }))
}

/// Makes an export. As with AWS, it delivers from the month that it is made in.
fn create(state: &State, call: &Call) -> Result<Value, Refusal> {
    let Some(wanted) = read(call)?.export else {
        return Err(invalid("Export is required."));
    };
    let account = call.identity.account;
    let is_name = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if !is_name(&wanted.name) || wanted.name.len() > 128 {
        return Err(invalid(
            "The name of an export has letters, digits, - and _ only.",
        ));
    }
    let all = state.exports.all();
    if all
        .iter()
        .any(|export| export.account == account && export.name == wanted.name)
    {
        return Err(invalid(format!(
            "An export with the name {} already exists.",
            wanted.name
        )));
    }
    let (table, columns) = query::read(&wanted.data_query.query_statement).map_err(invalid)?;
    let WantedBucket {
        bucket,
        prefix,
        region,
        output,
    } = wanted.destination_configurations.s3;
    let is_ours = state
        .buckets
        .store
        .bucket(&bucket)
        .is_ok_and(|record| record.account == account && record.region == region);
    if !is_ours {
        return Err(invalid(format!(
            "S3 bucket permission validation failed: {bucket} in {region}"
        )));
    }
    if prefix.is_empty() {
        return Err(invalid("S3Prefix must not be empty."));
    }
    let format = match (output.format.as_str(), output.compression.as_str()) {
        ("TEXT_OR_CSV", "GZIP") => Format::Csv,
        ("PARQUET", "PARQUET") => Format::Parquet,
        (format, compression) => {
            return Err(invalid(format!(
                "Format {format} does not go with compression {compression}."
            )));
        }
    };
    let overwrites = match output.overwrite.as_str() {
        "OVERWRITE_REPORT" => true,
        "CREATE_NEW_REPORT" => false,
        other => return Err(invalid(format!("Overwrite {other} is not valid."))),
    };
    let configurations = wanted.data_query.table_configurations;
    let asks_otherwise = configurations.values().any(|of_table| {
        of_table
            .get("TIME_GRANULARITY")
            .is_some_and(|granularity| granularity != "DAILY")
    });
    if asks_otherwise && table == Table::Report {
        return Err(invalid(
            "The sandbox exports days: TIME_GRANULARITY must be DAILY.",
        ));
    }
    let today = state.today();
    let definition = Definition {
        arn: arn(account, &wanted.name),
        name: wanted.name,
        description: wanted.description.unwrap_or_default(),
        account: account.to_owned(),
        table,
        columns,
        statement: wanted.data_query.query_statement,
        configurations,
        bucket,
        prefix,
        region,
        format,
        overwrites,
        created_on: Written(today),
        first_month: Written(today.first_of_month()),
    };
    let arn = definition.arn.clone();
    state.exports.add(definition).map_err(broken)?;
    Ok(json!({ "ExportArn": arn }))
}

/// An execution as it is listed.
#[derive(Clone)]
struct Execution {
    id: String,
    at: String,
}

/// The executions of an export, the newest first.
fn all_executions(months: &Months) -> Vec<Execution> {
    let mut all: Vec<Execution> = months
        .values()
        .flatten()
        .map(|delivered| Execution {
            id: delivered.execution.clone(),
            at: format!("{}T04:12:00.000Z", String::from(delivered.on)),
        })
        .collect();
    all.sort_by(|one, two| (&two.at, &one.id).cmp(&(&one.at, &two.id)));
    all
}

fn execution_status(execution: &Execution) -> Value {
    json!({
        "StatusCode": "DELIVERY_SUCCESS",
        "CreatedAt": execution.at,
        "CompletedAt": execution.at,
        "LastUpdatedAt": execution.at,
    })
}

fn executions(state: &State, call: &Call) -> Result<Value, Refusal> {
    let asked = read(call)?;
    let export = found(state, call, &asked)?;
    let months = bring(state, &export, None).map_err(broken)?;
    let (executions, next) = page(&all_executions(&months), &asked)?;
    let executions: Vec<Value> = executions
        .iter()
        .map(|execution| {
            json!({ "ExecutionId": execution.id, "ExecutionStatus": execution_status(execution) })
        })
        .collect();
    Ok(with_token(json!({ "Executions": executions }), next))
}

fn execution(state: &State, call: &Call) -> Result<Value, Refusal> {
    let asked = read(call)?;
    let export = found(state, call, &asked)?;
    let months = bring(state, &export, None).map_err(broken)?;
    let wanted = asked.execution_id.as_deref().unwrap_or_default();
    let execution = all_executions(&months)
        .into_iter()
        .find(|execution| execution.id == wanted)
        .ok_or_else(|| {
            let message = format!("Execution not found: {wanted}");
            Refusal(404, "ResourceNotFoundException", message)
        })?;
    Ok(json!({
        "ExecutionId": execution.id,
        "Export": get(state, call)?.get("Export"),
        "ExecutionStatus": execution_status(&execution),
    }))
}
