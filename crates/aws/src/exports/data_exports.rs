use aws_config::SdkConfig;
use aws_sdk_bcmdataexports::Client;
use aws_sdk_bcmdataexports::types::{
    CompressionOption, Export as Described, ExportStatus, ExportStatusCode, FormatOption,
    OverwriteOption, S3OutputConfigurations,
};

use super::{Export, ExportFormat, ExportKind, ExportService, at_home, query};
use crate::AwsError;

/// The data exports that are bills, of any version and format.
pub(super) async fn list(config: &SdkConfig) -> Result<Vec<Export>, AwsError> {
    let client = Client::new(&at_home(config));
    let mut exports = Vec::new();
    let mut token = None;
    loop {
        let page = client
            .list_exports()
            .set_next_token(token)
            .send()
            .await
            .map_err(AwsError::from_call("bcm-data-exports:ListExports"))?;
        for reference in page.exports.unwrap_or_default() {
            let answer = client
                .get_export()
                .export_arn(&reference.export_arn)
                .send()
                .await
                .map_err(AwsError::from_call("bcm-data-exports:GetExport"))?;
            if let Some(described) = answer.export {
                let arn = reference.export_arn;
                exports.extend(read(arn, &described, answer.export_status.as_ref()));
            }
        }
        token = page.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(exports);
        }
    }
}

/// The export, unless it is of a table that is no bill or goes nowhere.
fn read(id: String, described: &Described, status: Option<&ExportStatus>) -> Option<Export> {
    let asked = described.data_query()?;
    let table = query::table(asked.query_statement())?;
    let kind = query::kind(table)?;
    let to = described.destination_configurations()?.s3_destination()?;
    let output = to.s3_output_configurations()?;
    let granularity = asked
        .table_configurations()
        .and_then(|tables| tables.get(table)?.get("TIME_GRANULARITY"));
    let (format, unreadable) = format(output);
    let lacking = unreadable
        .map(str::to_owned)
        .or_else(|| query::lacking(asked.query_statement(), kind));
    let usable = lacking.is_none();
    let monthly = || {
        let is_monthly = granularity.is_some_and(|word| word == "MONTHLY");
        is_monthly.then(|| "its lines are whole months: no day will have a figure".to_owned())
    };
    Some(Export {
        id,
        service: ExportService::DataExports,
        name: described.name().to_owned(),
        kind,
        format,
        bucket: to.s3_bucket().to_owned(),
        prefix: to.s3_prefix().to_owned(),
        region: Some(to.s3_region().to_owned()).filter(|region| !region.is_empty()),
        refresh: "up to three times a day".to_owned(),
        overwrite: *output.overwrite() == OverwriteOption::OverwriteReport,
        status: status
            .and_then(ExportStatus::status_code)
            .map_or("UNKNOWN", ExportStatusCode::as_str)
            .to_owned(),
        usable,
        reason: lacking
            .or_else(|| sick(status))
            .or_else(|| split(asked, kind, table))
            .or_else(monthly),
    })
}

fn format(output: &S3OutputConfigurations) -> (ExportFormat, Option<&'static str>) {
    match (output.format(), output.compression()) {
        (FormatOption::Parquet, _) => (ExportFormat::Parquet, None),
        (_, CompressionOption::Zip) => (
            ExportFormat::Csv,
            Some("its files are ZIP archives; choose GZIP or Parquet"),
        ),
        _ => (ExportFormat::Csv, None),
    }
}

/// What AWS says of an export that it cannot deliver; what was delivered before can still be read.
fn sick(status: Option<&ExportStatus>) -> Option<String> {
    let status = status?;
    let is_sick = status.status_code() == Some(&ExportStatusCode::Unhealthy);
    is_sick.then(|| {
        let why = status
            .status_reason()
            .map_or("no reason given", |why| why.as_str());
        format!(
            "AWS cannot deliver it any more ({why}); only what it delivered before can be loaded"
        )
    })
}

fn split(
    asked: &aws_sdk_bcmdataexports::types::DataQuery,
    kind: ExportKind,
    table: &str,
) -> Option<String> {
    let resources = asked
        .table_configurations()
        .and_then(|tables| tables.get(table)?.get("INCLUDE_RESOURCES"));
    let without = kind == ExportKind::Cur2 && resources.is_some_and(|word| word == "FALSE");
    without
        .then(|| "it names no resources: owners can be found by tags and accounts only".to_owned())
}
