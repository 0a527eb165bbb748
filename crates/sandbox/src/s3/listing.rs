//! Listings: objects, uploads and parts, in S3's order and pages.

use std::collections::BTreeMap;

use aws_smithy_types::base64;
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::backend::Backend;
use super::checksum::show;
use super::record::{ObjectRecord, UploadRecord, etag, signed, timestamp};
use super::store::{broken, read_record};
use super::upload;

/// A page has at most so many entries.
const MOST: i32 = 1_000;

pub(super) fn page_size(asked: Option<i32>) -> S3Result<usize> {
    let size = asked.unwrap_or(MOST).min(MOST);
    usize::try_from(size)
        .map_err(|_| s3_error!(InvalidArgument, "The page size must not be negative."))
}

/// One entry of a listing: an object, or all objects below a common prefix.
enum Entry {
    Object(Box<ObjectRecord>),
    Prefix(String),
}

pub(crate) fn objects(
    backend: &Backend,
    request: &S3Request<ListObjectsV2Input>,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let prefix = input.prefix.clone().unwrap_or_default();
    let delimiter = input
        .delimiter
        .clone()
        .filter(|delimiter| !delimiter.is_empty());
    let after = match &input.continuation_token {
        Some(token) => Some(read_token(token)?),
        None => input.start_after.clone(),
    };
    let size = page_size(input.max_keys)?;

    let all = backend.store.objects(&input.bucket)?;
    let from = all.partition_point(|object| {
        object.key < prefix || after.as_ref().is_some_and(|after| object.key <= *after)
    });
    // Entries by what they are called, so that a common prefix stands among the keys once.
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for object in all.iter().skip(from) {
        let Some(rest) = object.key.strip_prefix(&prefix) else {
            break;
        };
        let common = delimiter.as_ref().and_then(|delimiter| {
            rest.find(delimiter.as_str())
                .map(|at| format!("{prefix}{}", &rest[..at + delimiter.len()]))
        });
        match common {
            // A prefix that was on an earlier page does not come again.
            Some(common) if after.as_ref().is_some_and(|after| common <= *after) => {}
            Some(common) => {
                entries
                    .entry(common.clone())
                    .or_insert(Entry::Prefix(common));
            }
            None => {
                entries.insert(object.key.clone(), Entry::Object(Box::new(object.clone())));
            }
        }
        // Names come in order: one more than the page holds is enough.
        if entries.len() > size {
            break;
        }
    }
    let is_truncated = entries.len() > size;
    let page: Vec<(String, Entry)> = entries.into_iter().take(size).collect();
    let next = page
        .last()
        .filter(|_| is_truncated)
        .map(|(name, _)| base64::encode(name));
    let encoded = |text: String| encoded(input.encoding_type.as_ref(), text);
    let count = i32::try_from(page.len()).unwrap_or(MOST);
    let (mut contents, mut prefixes) = (vec![], vec![]);
    for (_, entry) in page {
        match entry {
            Entry::Prefix(common) => prefixes.push(CommonPrefix {
                prefix: Some(encoded(common)),
            }),
            Entry::Object(object) => contents.push(Object {
                key: Some(encoded(object.key)),
                size: Some(signed(object.size)),
                e_tag: etag(&object.etag),
                last_modified: timestamp(&object.modified),
                storage_class: Some(object.about.storage_class.map_or_else(
                    || ObjectStorageClass::from_static(ObjectStorageClass::STANDARD),
                    ObjectStorageClass::from,
                )),
                checksum_algorithm: Some(
                    object
                        .digests
                        .algorithms()
                        .map(|algorithm| ChecksumAlgorithm::from_static(algorithm.name()))
                        .collect(),
                ),
                checksum_type: Some(ChecksumType::from_static(object.kind.name())),
                ..Default::default()
            }),
        }
    }
    Ok(S3Response::new(ListObjectsV2Output {
        name: Some(input.bucket.clone()),
        prefix: input.prefix.clone().map(encoded),
        delimiter: input.delimiter.clone().map(encoded),
        encoding_type: input.encoding_type.clone(),
        start_after: input.start_after.clone().map(encoded),
        continuation_token: input.continuation_token.clone(),
        next_continuation_token: next,
        is_truncated: Some(is_truncated),
        max_keys: i32::try_from(size).ok(),
        key_count: Some(count),
        contents: Some(contents),
        common_prefixes: Some(prefixes),
        ..Default::default()
    }))
}

fn read_token(token: &str) -> S3Result<String> {
    base64::decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| {
            s3_error!(
                InvalidArgument,
                "The continuation token provided is incorrect"
            )
        })
}

/// A key as the listing has it, percent-encoded where that is asked for.
pub(super) fn encoded(asked: Option<&EncodingType>, text: String) -> String {
    if asked.is_some() {
        url_encoded(&text)
    } else {
        text
    }
}

fn url_encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b'*' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

pub(crate) fn parts(
    backend: &Backend,
    request: &S3Request<ListPartsInput>,
) -> S3Result<S3Response<ListPartsOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let (record, folder) =
        upload::find(&backend.store, &input.bucket, &input.key, &input.upload_id)?;
    let size = page_size(input.max_parts)?;
    let marker = input.part_number_marker.unwrap_or(0);
    let all: Vec<_> = upload::parts(&folder)?
        .into_iter()
        .filter(|part| part.number > marker)
        .collect();
    let is_truncated = all.len() > size;
    let page: Vec<Part> = all
        .into_iter()
        .take(size)
        .map(|part| {
            let mut shown = Part {
                part_number: Some(part.number),
                size: Some(signed(part.size)),
                e_tag: etag(&part.etag),
                last_modified: timestamp(&part.modified),
                ..Default::default()
            };
            show!(part.sent => shown);
            shown
        })
        .collect();
    Ok(S3Response::new(ListPartsOutput {
        bucket: Some(input.bucket.clone()),
        key: Some(input.key.clone()),
        upload_id: Some(record.id),
        checksum_algorithm: record
            .algorithm
            .map(|algorithm| ChecksumAlgorithm::from_static(algorithm.name())),
        checksum_type: record
            .algorithm
            .map(|_| ChecksumType::from_static(record.kind.name())),
        is_truncated: Some(is_truncated),
        max_parts: i32::try_from(size).ok(),
        part_number_marker: Some(marker),
        next_part_number_marker: page.last().and_then(|part| part.part_number),
        parts: Some(page),
        ..Default::default()
    }))
}

pub(crate) fn uploads(
    backend: &Backend,
    request: &S3Request<ListMultipartUploadsInput>,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    if input
        .delimiter
        .as_ref()
        .is_some_and(|delimiter| !delimiter.is_empty())
    {
        return Err(s3_error!(
            NotImplemented,
            "The sandbox lists uploads without a delimiter."
        ));
    }
    let prefix = input.prefix.clone().unwrap_or_default();
    let mut all: Vec<UploadRecord> = vec![];
    for entry in std::fs::read_dir(backend.store.uploads_folder(&input.bucket)).map_err(broken)? {
        all.extend(read_record(
            &entry.map_err(broken)?.path().join("upload.json"),
        )?);
    }
    all.retain(|upload: &UploadRecord| upload.key.starts_with(&prefix));
    all.sort_by(|one, two| {
        (&one.key, &one.initiated, &one.id).cmp(&(&two.key, &two.initiated, &two.id))
    });
    if let Some(key) = &input.key_marker {
        let id = input.upload_id_marker.clone().filter(|id| !id.is_empty());
        let past = all
            .iter()
            .position(|upload| upload.key == *key && Some(&upload.id) == id.as_ref());
        match past {
            Some(at) => drop(all.drain(..=at)),
            None => all.retain(|upload| upload.key > *key),
        }
    }
    let size = page_size(input.max_uploads)?;
    let is_truncated = all.len() > size;
    all.truncate(size);
    let last = all.last().filter(|_| is_truncated);
    let (next_key_marker, next_upload_id_marker) = (
        last.map(|upload| upload.key.clone()),
        last.map(|upload| upload.id.clone()),
    );
    let shown = all.into_iter().map(|upload| MultipartUpload {
        initiated: timestamp(&upload.initiated),
        checksum_algorithm: upload
            .algorithm
            .map(|algorithm| ChecksumAlgorithm::from_static(algorithm.name())),
        checksum_type: upload
            .algorithm
            .map(|_| ChecksumType::from_static(upload.kind.name())),
        key: Some(upload.key),
        upload_id: Some(upload.id),
        ..Default::default()
    });
    Ok(S3Response::new(ListMultipartUploadsOutput {
        uploads: Some(shown.collect()),
        bucket: Some(input.bucket.clone()),
        prefix: input.prefix.clone(),
        key_marker: input.key_marker.clone(),
        upload_id_marker: input.upload_id_marker.clone(),
        next_key_marker,
        next_upload_id_marker,
        is_truncated: Some(is_truncated),
        max_uploads: i32::try_from(size).ok(),
        ..Default::default()
    }))
}
