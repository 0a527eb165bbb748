//! What a manifest says: the delivery that tells which files are one bill.
//!
//! AWS writes two kinds. A Cost and Usage Report's names `reportKeys` in its `bucket`; a data export's
//! names `dataFiles` as `s3://` addresses. Both are written after the files that they name.

use jiff::civil::Date;
use serde_json::Value;
use tallyport_ledger::BillingPeriod;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Whose manifest it is.
    pub kind: ManifestKind,
    /// The report or export, as it is called.
    pub name: Option<String>,
    /// The month it is of, where it says so.
    pub period: Option<BillingPeriod>,
    /// What this delivery is called; another delivery of the same month has another.
    pub assembly: Option<String>,
    /// The files that are the bill, in order.
    pub files: Vec<ManifestFile>,
}

/// Whose manifest it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManifestKind {
    /// A Cost and Usage Report's.
    Report,
    /// A data export's.
    DataExport,
}

/// A file that a manifest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFile {
    /// The bucket, where it is named.
    pub bucket: Option<String>,
    /// The key in the bucket.
    pub key: String,
}

/// Why bytes are no manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Not JSON, or cut off.
    #[error("it is not whole JSON: {0}")]
    Json(String),
    /// JSON, but not a manifest's.
    #[error("it names neither reportKeys nor dataFiles, as the manifest of a cost export does")]
    Neither,
    /// A list of files that cannot be.
    #[error("its list of files holds {0}")]
    File(String),
    /// No file at all.
    #[error("it names no file")]
    NoFiles,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] says what is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        // Some tools write a byte order mark.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes)
            .map_err(|error| ManifestError::Json(error.to_string()))?;
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let manifest = if let Some(keys) = value.get("reportKeys") {
            let bucket = text("bucket");
            Self {
                kind: ManifestKind::Report,
                name: text("reportName"),
                period: value.get("billingPeriod").and_then(period_of),
                assembly: text("assemblyId"),
                files: files(keys, bucket.as_deref())?,
            }
        } else if let Some(keys) = value.get("dataFiles") {
            let files = files(keys, None)?;
            Self {
                kind: ManifestKind::DataExport,
                name: text("exportName").or_else(|| {
                    let arn = text("exportArn")?;
                    arn.rsplit('/').next().map(str::to_owned)
                }),
                period: value
                    .get("billingPeriod")
                    .and_then(period_of)
                    .or_else(|| files.iter().find_map(|file| partition(&file.key))),
                assembly: text("executionId"),
                files,
            }
        } else {
            return Err(ManifestError::Neither);
        };
        if manifest.files.is_empty() {
            return Err(ManifestError::NoFiles);
        }
        Ok(manifest)
    }
}

/// The month of a key below `BILLING_PERIOD=YYYY-MM/`, as data exports lay their files out.
#[must_use]
pub fn partition(key: &str) -> Option<BillingPeriod> {
    key.split('/').find_map(|part| {
        let (name, month) = part.split_once('=')?;
        let is_period = name.eq_ignore_ascii_case("billing_period");
        is_period.then(|| month.parse().ok()).flatten()
    })
}

fn files(keys: &Value, bucket: Option<&str>) -> Result<Vec<ManifestFile>, ManifestError> {
    let wrong = |what: &str| ManifestError::File(what.to_owned());
    let keys = keys
        .as_array()
        .ok_or_else(|| wrong("something that is no list"))?;
    let mut files: Vec<ManifestFile> = Vec::with_capacity(keys.len());
    for key in keys {
        let text = key
            .as_str()
            .filter(|text| !text.is_empty())
            .ok_or_else(|| wrong("something that is no name"))?;
        let file = match text.strip_prefix("s3://") {
            Some(address) => {
                let (bucket, key) = address
                    .split_once('/')
                    .filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty())
                    .ok_or_else(|| wrong("an address without a key"))?;
                ManifestFile {
                    bucket: Some(bucket.to_owned()),
                    key: key.to_owned(),
                }
            }
            None => ManifestFile {
                bucket: bucket.map(str::to_owned),
                key: text.to_owned(),
            },
        };
        // A file named twice would be counted twice.
        if files.contains(&file) {
            return Err(ManifestError::File(format!("{} twice", file.key)));
        }
        files.push(file);
    }
    Ok(files)
}

/// A report's period: `{"start": "20230601T000000.000Z", "end": …}`.
fn period_of(value: &Value) -> Option<BillingPeriod> {
    let start = value.get("start")?.as_str()?;
    let digits: String = start.chars().filter(char::is_ascii_digit).take(8).collect();
    let number: i32 = digits.parse().ok().filter(|_| digits.len() == 8)?;
    let part = |n: i32| i8::try_from(n).ok();
    let year = i16::try_from(number / 10_000).ok()?;
    let day = Date::new(year, part(number / 100 % 100)?, part(number % 100)?).ok()?;
    BillingPeriod::of(day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{
        "assemblyId": "20230703T141516Z-0a1b", "account": "111122223333", "charset": "UTF-8",
        "columns": [{"category": "identity", "name": "LineItemId", "type": "String"}],
        "compression": "GZIP", "contentType": "text/csv", "reportId": "x", "reportName": "hourly",
        "billingPeriod": {"start": "20230601T000000.000Z", "end": "20230701T000000.000Z"},
        "bucket": "bills",
        "reportKeys": ["cur/hourly/20230601-20230701/hourly-1.csv.gz", "cur/hourly/20230601-20230701/hourly-2.csv.gz"]
    }"#;

    const EXPORT: &str = r#"{
        "exportArn": "arn:aws:bcm-data-exports:us-east-1:111122223333:export/focus-0b1c",
        "executionId": "e-77", "columns": [], "contentType": "application/vnd.apache.parquet",
        "dataFiles": ["s3://bills/focus/focus/data/BILLING_PERIOD=2026-10/focus-00001.snappy.parquet"]
    }"#;

    #[test]
    fn both_kinds_of_manifest_name_their_month_and_their_files() {
        let report = Manifest::parse(REPORT.as_bytes()).unwrap();
        assert_eq!(report.kind, ManifestKind::Report);
        assert_eq!(report.period, Some("2023-06".parse().unwrap()));
        assert_eq!(report.assembly.as_deref(), Some("20230703T141516Z-0a1b"));
        assert_eq!(report.files.len(), 2);
        assert_eq!(report.files[1].bucket.as_deref(), Some("bills"));
        let export = Manifest::parse(EXPORT.as_bytes()).unwrap();
        assert_eq!(export.kind, ManifestKind::DataExport);
        assert_eq!(export.name.as_deref(), Some("focus-0b1c"));
        assert_eq!(export.period, Some("2026-10".parse().unwrap()));
        assert_eq!(export.files[0].bucket.as_deref(), Some("bills"));
        assert_eq!(
            export.files[0].key,
            "focus/focus/data/BILLING_PERIOD=2026-10/focus-00001.snappy.parquet"
        );
    }

    #[test]
    fn what_is_no_manifest_or_names_a_file_twice_is_refused_with_the_reason() {
        for (text, part) in [
            ("{\"reportKeys\": [\"a\"", "not whole JSON"),
            ("{\"files\": []}", "neither reportKeys nor dataFiles"),
            ("{\"reportKeys\": []}", "names no file"),
            ("{\"reportKeys\": [\"a\", \"a\"]}", "a twice"),
            ("{\"dataFiles\": [7]}", "no name"),
            ("{\"dataFiles\": \"a\"}", "no list"),
            ("{\"dataFiles\": [\"s3://bills\"]}", "without a key"),
        ] {
            let error = Manifest::parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
