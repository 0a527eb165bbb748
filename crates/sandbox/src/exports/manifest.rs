//! Manifests: what was delivered, delivered last.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::definition::{Definition, Format};
use super::table::Column;

/// The manifest of a data export.
pub(crate) fn of_export(
    definition: &Definition,
    (start, end): (Date, Date),
    execution: &str,
    columns: &[Column],
    keys: &[String],
) -> Value {
    let Definition {
        arn, name, bucket, ..
    } = definition;
    let (kind, compression) = match definition.format {
        Format::Csv => ("text/csv", "GZIP"),
        Format::Parquet => ("application/vnd.apache.parquet", "PARQUET"),
    };
    let columns: Vec<Value> = columns
        .iter()
        .map(|column| json!({ "name": column.name, "type": column.kind.name() }))
        .collect();
    let files: Vec<String> = keys
        .iter()
        .map(|key| format!("s3://{bucket}/{key}"))
        .collect();
    json!({
        "exportArn": arn,
        "exportName": name,
        "executionId": execution,
        "account": definition.account,
        "billingPeriod": { "start": format!("{start}T00:00:00.000Z"), "end": format!("{end}T00:00:00.000Z") },
        "contentType": kind,
        "compression": compression,
        "columns": columns,
        "dataFiles": files,
        "additionalOutputFiles": [],
    })
}

/// The manifest of a legacy report.
pub(crate) fn of_report(
    definition: &Definition,
    (start, end): (Date, Date),
    assembly: &str,
    columns: &[Column],
    keys: &[String],
) -> Value {
    let columns: Vec<Value> = columns
        .iter()
        .map(|column| {
            let (category, name) = column.name.split_once('/').unwrap_or(("", &column.name));
            json!({ "category": category, "name": name, "type": legacy_type(column) })
        })
        .collect();
    let moment = |day: Date| format!("{}T000000.000Z", day.strftime("%Y%m%d"));
    json!({
        "assemblyId": assembly,
        "account": definition.account,
        "columns": columns,
        "charset": "UTF-8",
        "compression": "GZIP",
        "contentType": "text/csv",
        "reportId": super::definition::uuid(&definition.arn),
        "reportName": definition.name,
        "billingPeriod": { "start": moment(start), "end": moment(end) },
        "bucket": definition.bucket,
        "reportKeys": keys,
        "additionalArtifactKeys": [],
    })
}

fn legacy_type(column: &Column) -> &'static str {
    use super::table::Kind;
    match column.kind {
        Kind::Amount => "OptionalBigDecimal",
        Kind::Moment => "DateTime",
        Kind::Text | Kind::Texts | Kind::Amounts => "OptionalString",
    }
}
