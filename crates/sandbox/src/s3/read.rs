//! Reading objects: whole, in ranges, by part, or only what is known of them.

use std::io::{self, SeekFrom};

use bytes::Bytes;
use futures::stream;
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::backend::Backend;
use super::checksum::show;
use super::object::encryption;
use super::record::{ObjectRecord, etag, metadata, signed, timestamp};
use super::store::broken;

/// Bytes that are sent at a time.
const PIECE: usize = 64 * 1024;

/// Which bytes of an object are asked for.
struct Part {
    from: u64,
    length: u64,
    is_whole: bool,
}

fn part_of(
    record: &ObjectRecord,
    range: Option<&Range>,
    part_number: Option<i32>,
) -> S3Result<Part> {
    let unsatisfiable = || s3_error!(InvalidRange, "The requested range is not satisfiable");
    match (range, part_number) {
        (None, None) => Ok(Part {
            from: 0,
            length: record.size,
            is_whole: true,
        }),
        (Some(range), None) => {
            let range = range.check(record.size).map_err(|_| unsatisfiable())?;
            Ok(Part {
                from: range.start,
                length: range.end - range.start,
                is_whole: false,
            })
        }
        (None, Some(number)) => {
            let sizes = if record.parts.is_empty() {
                vec![record.size]
            } else {
                record.parts.clone()
            };
            let index = usize::try_from(number - 1).map_err(|_| unsatisfiable())?;
            let length = *sizes.get(index).ok_or_else(|| {
                s3_error!(InvalidRange, "The requested partnumber is not satisfiable")
            })?;
            Ok(Part {
                from: sizes.iter().take(index).sum(),
                length,
                is_whole: false,
            })
        }
        (Some(_), Some(_)) => Err(s3_error!(
            InvalidRequest,
            "Cannot specify both Range header and partNumber query parameter"
        )),
    }
}

pub(crate) fn check_read(
    record: &ObjectRecord,
    if_match: Option<&ETagCondition>,
    if_none_match: Option<&ETagCondition>,
) -> S3Result<()> {
    let is_this = |condition: &ETagCondition| {
        condition.is_any()
            || condition
                .as_etag()
                .is_some_and(|etag| etag.value() == record.etag)
    };
    if if_match.is_some_and(|condition| !is_this(condition)) {
        return Err(s3_error!(
            PreconditionFailed,
            "At least one of the pre-conditions you specified did not hold"
        ));
    }
    if if_none_match.is_some_and(is_this) {
        return Err(s3_error!(NotModified, "Not Modified"));
    }
    Ok(())
}

pub(crate) async fn get(
    backend: &Backend,
    request: &S3Request<GetObjectInput>,
) -> S3Result<S3Response<GetObjectOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    // A writer may replace the blob between the record and its opening: then look again.
    let mut attempt = 0;
    let (record, mut file) = loop {
        let record =
            backend
                .store
                .version(&input.bucket, &input.key, input.version_id.as_deref())?;
        match tokio::fs::File::open(backend.store.blob_path(&input.bucket, &record.blob)).await {
            Ok(file) => break (record, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound && attempt < 3 => attempt += 1,
            Err(error) => return Err(broken(error)),
        }
    };
    check_read(
        &record,
        input.if_match.as_ref(),
        input.if_none_match.as_ref(),
    )?;
    let part = part_of(&record, input.range.as_ref(), input.part_number)?;
    let body = if record.is_repeated {
        let mut beginning = vec![];
        file.read_to_end(&mut beginning).await.map_err(broken)?;
        StreamingBlob::wrap(stream::iter(repeated(beginning.into(), &part)))
    } else {
        file.seek(SeekFrom::Start(part.from))
            .await
            .map_err(broken)?;
        StreamingBlob::wrap(ReaderStream::with_capacity(file.take(part.length), PIECE))
    };
    let mut output = GetObjectOutput {
        body: Some(body),
        accept_ranges: Some("bytes".into()),
        content_length: Some(signed(part.length)),
        content_range: range_header(&record, &part),
        cache_control: record.about.cache_control.clone(),
        content_disposition: record.about.content_disposition.clone(),
        content_encoding: record.about.content_encoding.clone(),
        content_language: record.about.content_language.clone(),
        content_type: Some(content_type(&record)),
        e_tag: etag(&record.etag),
        last_modified: timestamp(&record.modified),
        metadata: metadata(&record.about),
        parts_count: input
            .part_number
            .and_then(|_| i32::try_from(record.parts.len()).ok())
            .filter(|count| *count > 0),
        server_side_encryption: encryption(&record.about),
        ssekms_key_id: record.about.key_id.clone(),
        bucket_key_enabled: record.about.bucket_key,
        storage_class: record.about.storage_class.clone().map(StorageClass::from),
        tag_count: i32::try_from(record.about.tags.len())
            .ok()
            .filter(|count| *count > 0),
        version_id: record.version.clone(),
        ..Default::default()
    };
    if input.checksum_mode.is_some() && part.is_whole {
        show!(record.digests => output);
        output.checksum_type = Some(ChecksumType::from(record.kind.name().to_owned()));
    }
    let mut response = S3Response::new(output);
    if !part.is_whole {
        response.status = Some(http::StatusCode::PARTIAL_CONTENT);
    }
    Ok(response)
}

fn range_header(record: &ObjectRecord, part: &Part) -> Option<String> {
    (!part.is_whole && part.length > 0).then(|| {
        format!(
            "bytes {}-{}/{}",
            part.from,
            part.from + part.length - 1,
            record.size
        )
    })
}

fn content_type(record: &ObjectRecord) -> String {
    record
        .about
        .content_type
        .clone()
        .unwrap_or_else(|| "binary/octet-stream".into())
}

pub(crate) fn head(
    backend: &Backend,
    request: &S3Request<HeadObjectInput>,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let record = backend
        .store
        .version(&input.bucket, &input.key, input.version_id.as_deref())?;
    check_read(
        &record,
        input.if_match.as_ref(),
        input.if_none_match.as_ref(),
    )?;
    let part = part_of(&record, input.range.as_ref(), input.part_number)?;
    let mut output = HeadObjectOutput {
        accept_ranges: Some("bytes".into()),
        content_length: Some(signed(part.length)),
        content_range: range_header(&record, &part),
        cache_control: record.about.cache_control.clone(),
        content_disposition: record.about.content_disposition.clone(),
        content_encoding: record.about.content_encoding.clone(),
        content_language: record.about.content_language.clone(),
        content_type: Some(content_type(&record)),
        e_tag: etag(&record.etag),
        last_modified: timestamp(&record.modified),
        metadata: metadata(&record.about),
        parts_count: input
            .part_number
            .and_then(|_| i32::try_from(record.parts.len()).ok())
            .filter(|count| *count > 0),
        server_side_encryption: encryption(&record.about),
        ssekms_key_id: record.about.key_id.clone(),
        bucket_key_enabled: record.about.bucket_key,
        storage_class: record.about.storage_class.clone().map(StorageClass::from),
        version_id: record.version.clone(),
        ..Default::default()
    };
    if input.checksum_mode.is_some() {
        show!(record.digests => output);
        output.checksum_type = Some(ChecksumType::from(record.kind.name().to_owned()));
    }
    Ok(S3Response::new(output))
}

/// The bytes of a part of what repeats its beginning, piece by piece.
fn repeated(beginning: Bytes, part: &Part) -> impl Iterator<Item = io::Result<Bytes>> + use<> {
    let length = beginning.len().max(1);
    let block = Bytes::from(beginning.repeat(PIECE.div_ceil(length)));
    let (mut at, end) = (part.from, part.from + part.length);
    std::iter::from_fn(move || {
        if at >= end || block.is_empty() {
            return None;
        }
        let from = usize::try_from(at % block.len() as u64).ok()?;
        let left = usize::try_from(end - at).unwrap_or(usize::MAX);
        let piece = block.slice(from..block.len().min(from.saturating_add(left)));
        at += piece.len() as u64;
        Some(Ok(piece))
    })
}

pub(crate) fn tagging(
    backend: &Backend,
    request: &S3Request<GetObjectTaggingInput>,
) -> S3Result<S3Response<GetObjectTaggingOutput>> {
    backend.bucket_for(request, &request.input.bucket)?;
    let record = backend
        .store
        .object(&request.input.bucket, &request.input.key)?;
    let tag_set = record
        .about
        .tags
        .into_iter()
        .map(|(key, value)| Tag {
            key: Some(key),
            value: Some(value),
        })
        .collect();
    Ok(S3Response::new(GetObjectTaggingOutput {
        tag_set,
        version_id: None,
    }))
}
