use aws_config::SdkConfig;
use aws_sdk_costandusagereport::Client;
use aws_sdk_costandusagereport::types::{
    CompressionFormat, LastStatus, ReportDefinition, ReportFormat, ReportVersioning, SchemaElement,
    TimeUnit,
};

use super::{Export, ExportFormat, ExportKind, ExportService, at_home};
use crate::AwsError;

/// The Cost and Usage Reports of `account`.
pub(super) async fn list(config: &SdkConfig, account: &str) -> Result<Vec<Export>, AwsError> {
    let client = Client::new(&at_home(config));
    let mut exports = Vec::new();
    let mut token = None;
    loop {
        let page = client
            .describe_report_definitions()
            .set_next_token(token)
            .send()
            .await
            .map_err(AwsError::from_call("cur:DescribeReportDefinitions"))?;
        let reports = page.report_definitions.unwrap_or_default();
        exports.extend(reports.iter().map(|report| read(report, account)));
        token = page.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(exports);
        }
    }
}

fn read(report: &ReportDefinition, account: &str) -> Export {
    let unreadable = (*report.compression() == CompressionFormat::Zip)
        .then(|| "its files are ZIP archives; choose GZIP or Parquet".to_owned());
    let last = report
        .report_status()
        .and_then(|status| status.last_status());
    let sick = match last {
        None | Some(LastStatus::Success) => None,
        Some(why) => Some(format!(
            "AWS cannot deliver it any more ({}); only what it delivered before can be loaded",
            why.as_str()
        )),
    };
    let has = |element: &SchemaElement| report.additional_schema_elements().contains(element);
    let monthly = (*report.time_unit() == TimeUnit::Monthly)
        .then(|| "its lines are whole months: no day will have a figure".to_owned());
    let without = (!has(&SchemaElement::Resources))
        .then(|| "it names no resources: owners can be found by tags and accounts only".to_owned());
    Export {
        id: format!(
            "arn:aws:cur:us-east-1:{account}:definition/{}",
            report.report_name()
        ),
        service: ExportService::Reports,
        name: report.report_name().to_owned(),
        kind: ExportKind::Cur,
        format: match report.format() {
            ReportFormat::Parquet => ExportFormat::Parquet,
            _ => ExportFormat::Csv,
        },
        bucket: report.s3_bucket().to_owned(),
        prefix: report.s3_prefix().to_owned(),
        region: Some(report.s3_region().as_str().to_owned()),
        refresh: "up to three times a day".to_owned(),
        overwrite: report.report_versioning() == Some(&ReportVersioning::OverwriteReport),
        status: last.map_or("UNKNOWN", LastStatus::as_str).to_owned(),
        usable: unreadable.is_none(),
        reason: unreadable.or(sick).or(monthly).or(without),
    }
}
