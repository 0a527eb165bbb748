//! Objects: written, copied, removed.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::backend::{Backend, moment};
use super::checksum::{Algorithm, Digests, Kind, finished, hasher, promised, show};
use super::read::check_read;
use super::receive::{Promise, hexadecimal, receive};
use super::record::{About, ObjectRecord, etag, timestamp};
use super::store::{Condition, broken};

/// What a request says about an object; the inputs that carry it share these fields.
macro_rules! about {
    ($input:expr) => {
        $crate::s3::record::About {
            content_type: $input.content_type.clone(),
            cache_control: $input.cache_control.clone(),
            content_disposition: $input.content_disposition.clone(),
            content_encoding: $crate::s3::object::own_encoding($input.content_encoding.as_deref()),
            content_language: $input.content_language.clone(),
            metadata: $input
                .metadata
                .clone()
                .unwrap_or_default()
                .into_iter()
                .collect(),
            storage_class: $input
                .storage_class
                .as_ref()
                .map(|class| class.as_str().to_owned()),
            encryption: $input
                .server_side_encryption
                .as_ref()
                .map(|kind| kind.as_str().to_owned()),
            key_id: $input.ssekms_key_id.clone(),
            bucket_key: $input.bucket_key_enabled,
            tags: $input
                .tagging
                .as_deref()
                .map($crate::call::form_fields)
                .unwrap_or_default(),
        }
    };
}

/// Refuses what would otherwise be accepted without being done.
macro_rules! refuse_what_is_not_done {
    ($input:expr) => {
        if $input.object_lock_mode.is_some()
            || $input.object_lock_legal_hold_status.is_some()
            || $input.object_lock_retain_until_date.is_some()
        {
            return Err(s3s::s3_error!(
                InvalidRequest,
                "Bucket is missing Object Lock Configuration"
            ));
        }
        if $input.sse_customer_algorithm.is_some() || $input.sse_customer_key.is_some() {
            return Err(s3s::s3_error!(
                NotImplemented,
                "The sandbox does not encrypt with customer keys."
            ));
        }
    };
}
pub(crate) use {about, refuse_what_is_not_done};

/// The encoding of the object; `aws-chunked` is one of the transfer, and is not kept.
pub(crate) fn own_encoding(encoding: Option<&str>) -> Option<String> {
    let own: Vec<&str> = encoding?
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "aws-chunked")
        .collect();
    (!own.is_empty()).then(|| own.join(","))
}

/// S3 refuses keys that climb out of where they began, and keys of more than 1,024 bytes.
pub(crate) fn check_key(key: &str) -> S3Result<()> {
    if key.len() > 1_024 {
        return Err(s3_error!(KeyTooLongError, "Your key is too long"));
    }
    let mut depth = 0_i32;
    for segment in key.split('/') {
        depth += match segment {
            ".." => -1,
            "" | "." => 0,
            _ => 1,
        };
        if depth < 0 {
            return Err(s3_error!(
                InvalidRequest,
                "The key leaves its own root with '..' segments."
            ));
        }
    }
    Ok(())
}

/// `If-None-Match: *` and `If-Match: "etag"`.
pub(crate) fn condition(
    if_none_match: Option<&ETagCondition>,
    if_match: Option<&ETagCondition>,
) -> S3Result<Condition> {
    match (if_none_match, if_match) {
        (None, None) => Ok(Condition::None),
        (Some(none), None) if none.is_any() => Ok(Condition::Absent),
        (None, Some(one)) => match one.as_etag() {
            Some(etag) => Ok(Condition::Matches(etag.value().to_owned())),
            None => Err(s3_error!(NotImplemented, "If-Match needs an entity tag.")),
        },
        _ => Err(s3_error!(
            NotImplemented,
            "A write may be conditioned with If-None-Match: * or with If-Match, not with both."
        )),
    }
}

pub(crate) async fn put(
    backend: &Backend,
    mut request: S3Request<PutObjectInput>,
) -> S3Result<S3Response<PutObjectOutput>> {
    let bucket = backend.bucket_for(&request, &request.input.bucket)?;
    check_key(&request.input.key)?;
    refuse_what_is_not_done!(request.input);
    let condition = condition(
        request.input.if_none_match.as_ref(),
        request.input.if_match.as_ref(),
    )?;
    let promise = Promise::of(
        &request,
        promised!(request.input),
        request.input.content_md5.clone(),
    );
    let body = request.input.body.take();
    let modified = moment(&request);
    let input = request.input;

    let blob = backend.store.new_blob(&input.bucket, &input.key)?;
    let received = receive(body, &blob, promise, &[]).await?;
    // Without a promise S3 attaches a CRC64NVME of its own.
    let algorithm = received
        .sent
        .algorithms()
        .next()
        .unwrap_or(Algorithm::Crc64Nvme);
    let record = ObjectRecord {
        key: input.key.clone(),
        blob: blob.name.clone(),
        size: received.size,
        etag: hexadecimal(&received.md5),
        modified,
        digests: received.digests.only(algorithm),
        kind: Kind::FullObject,
        parts: vec![],
        about: bucket.configuration.encrypted(about!(input)),
        version: None,
        number: 0,
        is_removal: false,
        is_story: false,
        is_repeated: false,
    };
    let version_id = backend
        .store
        .publish(&input.bucket, &record, blob, &condition)?;
    let mut output = PutObjectOutput {
        e_tag: etag(&record.etag),
        checksum_type: Some(ChecksumType::from_static(ChecksumType::FULL_OBJECT)),
        server_side_encryption: encryption(&record.about),
        ssekms_key_id: record.about.key_id.clone(),
        bucket_key_enabled: record.about.bucket_key,
        version_id,
        ..Default::default()
    };
    show!(record.digests => output);
    Ok(S3Response::new(output))
}

pub(crate) fn encryption(about: &About) -> Option<ServerSideEncryption> {
    let kind = about
        .encryption
        .clone()
        .unwrap_or_else(|| ServerSideEncryption::AES256.to_owned());
    Some(ServerSideEncryption::from(kind))
}

pub(crate) async fn copy(
    backend: &Backend,
    request: &S3Request<CopyObjectInput>,
) -> S3Result<S3Response<CopyObjectOutput>> {
    let input = &request.input;
    let CopySource::Bucket {
        bucket: source_bucket,
        key: source_key,
        version_id: source_version,
    } = &input.copy_source
    else {
        return Err(s3_error!(
            NotImplemented,
            "The sandbox copies from buckets only."
        ));
    };
    backend.may_copy_from(request, source_bucket, source_key, source_version.is_some())?;
    let bucket = backend.bucket_for(request, &input.bucket)?;
    check_key(&input.key)?;
    refuse_what_is_not_done!(input);
    let replaces = input
        .metadata_directive
        .as_ref()
        .is_some_and(|directive| directive.as_str() == MetadataDirective::REPLACE);
    let is_itself = **source_bucket == input.bucket && **source_key == input.key;
    if !replaces && is_itself && source_version.is_none() {
        return Err(s3_error!(
            InvalidRequest,
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
        ));
    }
    let source = backend
        .store
        .version(source_bucket, source_key, source_version.as_deref())?;
    source.may_be_copied()?;
    check_read(&source, input.copy_source_if_match.as_ref(), None)?;
    let algorithm = match &input.checksum_algorithm {
        Some(name) => Algorithm::read(name.as_str())?,
        None => source
            .digests
            .algorithms()
            .next()
            .unwrap_or(Algorithm::Crc64Nvme),
    };
    let condition = condition_of_copy(&request.headers);
    let blob = backend.store.new_blob(&input.bucket, &input.key)?;
    let from = backend.store.blob_path(source_bucket, &source.blob);
    let to = blob.path.clone();
    let copied = tokio::task::spawn_blocking(move || copy_file(&from, &to, algorithm))
        .await
        .map_err(|error| s3_error!(InternalError, "{error}"))?;
    let (md5, digests) = copied.map_err(broken)?;
    let record = ObjectRecord {
        key: input.key.clone(),
        blob: blob.name.clone(),
        size: source.size,
        etag: md5,
        modified: moment(request),
        digests,
        kind: Kind::FullObject,
        parts: vec![],
        about: bucket.configuration.encrypted(if replaces {
            about!(input)
        } else {
            // What it is encrypted with is not copied: the request or the bucket says.
            About {
                encryption: about!(input).encryption,
                key_id: input.ssekms_key_id.clone(),
                bucket_key: input.bucket_key_enabled,
                ..source.about
            }
        }),
        version: None,
        number: 0,
        is_removal: false,
        is_story: false,
        is_repeated: false,
    };
    let version_id = backend
        .store
        .publish(&input.bucket, &record, blob, &condition)?;
    let mut result = CopyObjectResult {
        e_tag: etag(&record.etag),
        last_modified: timestamp(&record.modified),
        ..Default::default()
    };
    show!(record.digests => result);
    Ok(S3Response::new(CopyObjectOutput {
        copy_object_result: Some(result),
        server_side_encryption: encryption(&record.about),
        ssekms_key_id: record.about.key_id,
        copy_source_version_id: source_version.as_deref().map(str::to_owned),
        version_id,
        ..Default::default()
    }))
}

/// The condition of a copy on what it would replace, which `s3s` does not read yet.
fn condition_of_copy(headers: &http::HeaderMap) -> Condition {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("if-none-match"), text("if-match")) {
        (Some("*"), _) => Condition::Absent,
        (_, Some(etag)) => Condition::Matches(etag.trim_matches('"').to_owned()),
        _ => Condition::None,
    }
}

/// Copies a file and tells its MD5 and checksum.
fn copy_file(
    from: &std::path::Path,
    to: &std::path::Path,
    algorithm: Algorithm,
) -> std::io::Result<(String, Digests)> {
    use s3s::crypto::{Checksum as _, Md5};
    use std::io::{Read as _, Write as _};
    let (mut source, mut target) = (std::fs::File::open(from)?, std::fs::File::create(to)?);
    let (mut hasher, mut md5) = (hasher([algorithm]), Md5::new());
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let count = source.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        hasher.update(chunk);
        md5.update(chunk);
        target.write_all(chunk)?;
    }
    Ok((hexadecimal(&md5.finalize()), finished(hasher)))
}

pub(crate) fn delete(
    backend: &Backend,
    request: &S3Request<DeleteObjectInput>,
) -> S3Result<S3Response<DeleteObjectOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let (bucket, key) = (&input.bucket, &input.key);
    let removed = match &input.version_id {
        Some(version) => backend.store.remove_version(bucket, key, version)?,
        None => backend.store.remove_object(bucket, key, &moment(request))?,
    };
    let output = DeleteObjectOutput {
        delete_marker: removed.is_marker.then_some(true),
        version_id: removed.version,
        ..Default::default()
    };
    Ok(S3Response::with_status(
        output,
        http::StatusCode::NO_CONTENT,
    ))
}

pub(crate) fn delete_many(
    backend: &Backend,
    request: &S3Request<DeleteObjectsInput>,
) -> S3Result<S3Response<DeleteObjectsOutput>> {
    let input = &request.input;
    let bucket = backend.bucket_for(request, &input.bucket)?;
    if input.delete.objects.len() > 1_000 {
        return Err(s3_error!(
            MalformedXML,
            "A request deletes at most 1,000 objects."
        ));
    }
    let (mut deleted, mut errors) = (vec![], vec![]);
    for object in &input.delete.objects {
        let (key, version) = (&object.key, object.version_id.as_deref());
        // Each is asked for on its own: some may be refused and others not.
        if backend
            .may_delete(request, &bucket, key, version.is_some())
            .is_err()
        {
            errors.push(Error {
                code: Some("AccessDenied".into()),
                key: Some(key.clone()),
                message: Some("Access Denied".into()),
                version_id: version.map(str::to_owned),
            });
            continue;
        }
        let removed = match version {
            Some(version) => backend.store.remove_version(&input.bucket, key, version)?,
            None => backend
                .store
                .remove_object(&input.bucket, key, &moment(request))?,
        };
        deleted.push(DeletedObject {
            key: Some(key.clone()),
            version_id: version.map(str::to_owned),
            delete_marker: removed.is_marker.then_some(true),
            delete_marker_version_id: removed.version.filter(|_| removed.is_marker),
        });
    }
    let is_quiet = input.delete.quiet.unwrap_or(false);
    Ok(S3Response::new(DeleteObjectsOutput {
        deleted: (!is_quiet).then_some(deleted),
        errors: (!errors.is_empty()).then_some(errors),
        ..Default::default()
    }))
}
