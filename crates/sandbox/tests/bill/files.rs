//! Exports as a reader finds them: manifests by listing, files by manifest, rows by column.

use std::collections::BTreeMap;
use std::io::Read as _;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, TimestampMillisecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use aws_sdk_s3::Client;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tallyport_sandbox::Sandbox;

pub const BUCKET: &str = "northwind-billing";

/// A row by column; what is empty is not in it, maps are JSON.
pub type Row = BTreeMap<String, String>;

/// Everything that was found of one export.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// Manifests by their keys.
    pub manifests: BTreeMap<String, serde_json::Value>,
    /// Files by their keys, with when they were written.
    pub files: BTreeMap<String, Vec<u8>>,
    pub modified: BTreeMap<String, i64>,
}

pub fn s3(sandbox: &Sandbox) -> Client {
    Client::new(&sandbox.sdk_config())
}

/// Reads all that lies below a prefix.
pub async fn find(sandbox: &Sandbox, bucket: &str, prefix: &str) -> Found {
    let client = s3(sandbox);
    let mut found = Found::default();
    let mut pages = client
        .list_objects_v2()
        .bucket(bucket)
        .prefix(prefix)
        .max_keys(20)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for object in page.unwrap().contents.unwrap_or_default() {
            let key = object.key.unwrap();
            let answer = client.get_object().bucket(bucket).key(&key).send().await;
            let bytes = answer.unwrap().body.collect().await.unwrap().to_vec();
            let modified = object.last_modified.unwrap().secs();
            found.modified.insert(key.clone(), modified);
            if key.ends_with("-Manifest.json") {
                let manifest = serde_json::from_slice(&bytes).unwrap();
                found.manifests.insert(key, manifest);
            } else {
                found.files.insert(key, bytes);
            }
        }
    }
    found
}

/// The keys of the files that a manifest of either kind names.
pub fn named(manifest: &serde_json::Value) -> Vec<String> {
    let list = |name: &str| {
        let files = manifest[name].as_array()?;
        let names = files.iter().map(|file| file.as_str().unwrap().to_owned());
        Some(names.collect::<Vec<_>>())
    };
    list("reportKeys").unwrap_or_else(|| {
        let prefix = format!("s3://{BUCKET}/");
        let files = list("dataFiles").unwrap().into_iter();
        files
            .map(|file| file.strip_prefix(&prefix).unwrap().to_owned())
            .collect()
    })
}

impl Found {
    /// The rows of every file that a manifest names, each file once.
    pub fn rows(&self) -> Vec<Row> {
        let mut keys: Vec<String> = self.manifests.values().flat_map(named).collect();
        keys.sort();
        keys.dedup();
        keys.iter()
            .flat_map(|key| rows(key, &self.files[key]))
            .collect()
    }
}

/// The rows of a file.
pub fn rows(key: &str, bytes: &[u8]) -> Vec<Row> {
    if key.ends_with(".parquet") {
        let bytes = bytes::Bytes::from(bytes.to_vec());
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap();
        let batches = reader.build().unwrap();
        return batches
            .flat_map(|batch| of_batch(&batch.unwrap()))
            .collect();
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_string(&mut text)
        .unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let of_record = |record: csv::StringRecord| {
        let pairs = header.iter().zip(record.iter());
        pairs
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    };
    reader
        .into_records()
        .map(|record| of_record(record.unwrap()))
        .collect()
}

fn of_batch(batch: &RecordBatch) -> Vec<Row> {
    let mut rows = vec![Row::new(); batch.num_rows()];
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        for (number, row) in rows.iter_mut().enumerate() {
            if array.is_valid(number) {
                row.insert(field.name().clone(), text(array, number));
            }
        }
    }
    rows
}

fn text(array: &dyn Array, number: usize) -> String {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(number).to_owned(),
        DataType::Float64 => array
            .as_primitive::<Float64Type>()
            .value(number)
            .to_string(),
        DataType::Timestamp(..) => {
            let moment = array.as_primitive::<TimestampMillisecondType>();
            let moment = jiff::Timestamp::from_millisecond(moment.value(number));
            moment.unwrap().to_string()
        }
        DataType::Map(..) => {
            let pairs = array.as_map().value(number);
            let keys = pairs.column(0);
            let values = pairs.column(1);
            let pairs: serde_json::Map<_, _> = (0..pairs.len())
                .map(|at| (text(keys, at), text(values, at).into()))
                .collect();
            serde_json::Value::Object(pairs).to_string()
        }
        other => format!("a column of type {other}"),
    }
}
