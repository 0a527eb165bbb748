use aws_config::SdkConfig;
use aws_sdk_bcmdataexports::Client;
use aws_sdk_bcmdataexports::types::{
    CompressionOption, DataQuery, DestinationConfigurations, Export, FormatOption, FrequencyOption,
    OverwriteOption, RefreshCadence, S3Destination, S3OutputConfigurations, S3OutputType,
};

use tallyport_ledger::meaning::{FOCUS_1_0, FOCUS_1_1, FOCUS_1_2};

use super::{Bucket, at_home};
use crate::AwsError;

/// A FOCUS export to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExport {
    /// What it shall be called.
    pub name: String,
    /// The bucket it shall be delivered to; it exists already.
    pub bucket: String,
    /// The prefix below which it shall be delivered.
    pub prefix: String,
}

/// FOCUS 1.2 with AWS's own columns, as the table dictionary of Data Exports lists them.
const TABLE: &str = "FOCUS_1_2_AWS";
const OWN_COLUMNS: &[&str] = &["x_Discounts", "x_Operation", "x_ServiceCode"];

/// The query of an export that this program makes.
#[must_use]
pub fn focus_query() -> String {
    let mut columns = [FOCUS_1_0, FOCUS_1_1, FOCUS_1_2].concat();
    columns.sort_unstable();
    columns.extend(OWN_COLUMNS);
    format!("SELECT {} FROM {TABLE}", columns.join(", "))
}

/// The policy that a bucket needs so that AWS may deliver exports of `account` to it, as JSON.
#[must_use]
pub fn bucket_policy(account: &str, bucket: &str) -> String {
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Sid": "EnableAWSDataExportsToWriteToS3AndCheckPolicy",
      "Effect": "Allow",
      "Principal": {{
        "Service": ["billingreports.amazonaws.com", "bcm-data-exports.amazonaws.com"]
      }},
      "Action": ["s3:PutObject", "s3:GetBucketPolicy"],
      "Resource": ["arn:aws:s3:::{bucket}", "arn:aws:s3:::{bucket}/*"],
      "Condition": {{
        "StringLike": {{
          "aws:SourceAccount": "{account}",
          "aws:SourceArn": [
            "arn:aws:cur:us-east-1:{account}:definition/*",
            "arn:aws:bcm-data-exports:us-east-1:{account}:export/*"
          ]
        }}
      }}
    }}
  ]
}}"#
    )
}

/// Makes a daily FOCUS 1.2 export as Parquet that overwrites itself; its first delivery comes within a
/// day. Answers its ARN. AWS charges nothing for it but the room in the bucket.
///
/// # Errors
/// [`AwsError`]; a bucket that AWS may not deliver to is [`AwsError::Refused`].
pub async fn create_focus_export(config: &SdkConfig, new: &NewExport) -> Result<String, AwsError> {
    let bucket = Bucket::open(config, &new.bucket, None).await?;
    let answer = Client::new(&at_home(config))
        .create_export()
        .export(described(new, bucket.region()).map_err(unbuildable)?)
        .send()
        .await
        .map_err(AwsError::from_call("bcm-data-exports:CreateExport"))?;
    answer
        .export_arn
        .ok_or_else(|| AwsError::BadAnswer("CreateExport names no export".into()))
}

fn unbuildable(error: aws_sdk_bcmdataexports::error::BuildError) -> AwsError {
    AwsError::BadAnswer(error.to_string())
}

fn described(
    new: &NewExport,
    region: &str,
) -> Result<Export, aws_sdk_bcmdataexports::error::BuildError> {
    let daily = [("TIME_GRANULARITY".to_owned(), "DAILY".to_owned())];
    let query = DataQuery::builder()
        .query_statement(focus_query())
        .table_configurations(TABLE, daily.into())
        .build()?;
    let output = S3OutputConfigurations::builder()
        .output_type(S3OutputType::Custom)
        .format(FormatOption::Parquet)
        .compression(CompressionOption::Parquet)
        .overwrite(OverwriteOption::OverwriteReport)
        .build()?;
    let to = S3Destination::builder()
        .s3_bucket(&new.bucket)
        .s3_prefix(&new.prefix)
        .s3_region(region)
        .s3_output_configurations(output)
        .build()?;
    Export::builder()
        .name(&new.name)
        .description("Daily costs for Tallyport")
        .data_query(query)
        .destination_configurations(
            DestinationConfigurations::builder()
                .s3_destination(to)
                .build(),
        )
        .refresh_cadence(
            RefreshCadence::builder()
                .frequency(FrequencyOption::Synchronous)
                .build()?,
        )
        .build()
}
