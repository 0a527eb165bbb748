//! Uploads in parts. Each part is verified when it comes, the whole when it is completed.

use std::fs;
use std::io::SeekFrom;
use std::path::PathBuf;

use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::backend::{Backend, moment};
use super::checksum::{Algorithm, Digests, Kind, of_parts, promised, show};
use super::object::{about, check_key, condition, encryption, refuse_what_is_not_done};
use super::receive::{Promise, hexadecimal, receive};
use super::record::{ObjectRecord, PartRecord, UploadRecord, etag, signed, timestamp};
use super::store::{Aside, Store, broken, hash, read_record, write_record};

/// Every part but the last has at least this many bytes.
const SMALLEST_PART: u64 = 5 * 1024 * 1024;

pub(crate) fn begin(
    backend: &Backend,
    request: &S3Request<CreateMultipartUploadInput>,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let input = &request.input;
    let bucket = backend.bucket_for(request, &input.bucket)?;
    check_key(&input.key)?;
    refuse_what_is_not_done!(input);
    let algorithm = input
        .checksum_algorithm
        .as_ref()
        .map(|name| Algorithm::read(name.as_str()))
        .transpose()?;
    let asked = input.checksum_type.as_ref().map(|kind| kind.as_str());
    let kind = Kind::of(algorithm.unwrap_or(Algorithm::Crc64Nvme), asked)?;
    let (id, folder) = new_folder(&backend.store, &input.bucket, &input.key)?;
    let record = UploadRecord {
        id: id.clone(),
        key: input.key.clone(),
        initiated: moment(request),
        algorithm,
        kind,
        about: bucket.configuration.encrypted(about!(input)),
    };
    write_record(&folder.join("upload.json"), &record).map_err(broken)?;
    Ok(S3Response::new(CreateMultipartUploadOutput {
        bucket: Some(input.bucket.clone()),
        key: Some(input.key.clone()),
        upload_id: Some(id),
        checksum_algorithm: input.checksum_algorithm.clone(),
        checksum_type: algorithm.map(|_| ChecksumType::from(kind.name().to_owned())),
        server_side_encryption: encryption(&record.about),
        ssekms_key_id: record.about.key_id,
        bucket_key_enabled: record.about.bucket_key,
        ..Default::default()
    }))
}

fn new_folder(store: &Store, bucket: &str, key: &str) -> S3Result<(String, PathBuf)> {
    for number in 0..1_000_000_u32 {
        let id = format!("demo-{}-{number}", &hash(key)[..24]);
        let folder = store.uploads_folder(bucket).join(&id);
        match fs::create_dir(&folder) {
            Ok(()) => return Ok((id, folder)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(broken(error)),
        }
    }
    Err(s3_error!(
        InternalError,
        "The sandbox's folder holds too many uploads of one object."
    ))
}

/// The upload of that id, with its folder.
pub(crate) fn find(
    store: &Store,
    bucket: &str,
    key: &str,
    id: &str,
) -> S3Result<(UploadRecord, PathBuf)> {
    let unknown = || {
        s3_error!(
            NoSuchUpload,
            "The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed."
        )
    };
    if !id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err(unknown());
    }
    let folder = store.uploads_folder(bucket).join(id);
    let record: UploadRecord = read_record(&folder.join("upload.json"))?.ok_or_else(unknown)?;
    if record.key != key {
        return Err(unknown());
    }
    Ok((record, folder))
}

/// The parts that have come, by number.
pub(crate) fn parts(folder: &std::path::Path) -> S3Result<Vec<PartRecord>> {
    let mut found: Vec<PartRecord> = vec![];
    for entry in fs::read_dir(folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let is_part = path
            .extension()
            .is_some_and(|extension| extension == "json")
            && !path.ends_with("upload.json");
        if is_part {
            found.extend(read_record(&path)?);
        }
    }
    found.sort_by_key(|part| part.number);
    Ok(found)
}

pub(crate) async fn part(
    backend: &Backend,
    mut request: S3Request<UploadPartInput>,
) -> S3Result<S3Response<UploadPartOutput>> {
    backend.bucket_for(&request, &request.input.bucket)?;
    let number = request.input.part_number;
    if !(1..=10_000).contains(&number) {
        return Err(s3_error!(
            InvalidArgument,
            "Part number must be an integer between 1 and 10000, inclusive"
        ));
    }
    let (upload, folder) = find(
        &backend.store,
        &request.input.bucket,
        &request.input.key,
        &request.input.upload_id,
    )?;
    let promise = Promise::of(
        &request,
        promised!(request.input),
        request.input.content_md5.clone(),
    );
    let body = request.input.body.take();
    let aside = Aside::create(&folder, &format!("part-{number:05}"))?;
    let received = receive(body, &aside, promise, upload.algorithm.as_slice()).await?;
    if let (Some(expected), Some(sent)) = (
        upload.algorithm,
        received
            .sent
            .algorithms()
            .next()
            .filter(|sent| Some(*sent) != upload.algorithm),
    ) {
        let (expected, sent) = (expected.name().to_lowercase(), sent.name().to_lowercase());
        return Err(s3_error!(
            InvalidRequest,
            "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {sent}"
        ));
    }
    let sent = match upload.algorithm {
        Some(algorithm) => received.digests.only(algorithm),
        None => received.sent,
    };
    let record = PartRecord {
        number,
        blob: aside.name.clone(),
        size: received.size,
        etag: hexadecimal(&received.md5),
        modified: moment(&request),
        digests: received.digests,
        sent,
    };
    keep_part(&folder, &record, aside)?;
    let mut output = UploadPartOutput {
        e_tag: etag(&record.etag),
        server_side_encryption: encryption(&upload.about),
        ..Default::default()
    };
    show!(record.sent => output);
    Ok(S3Response::new(output))
}

/// Keeps a part that came whole; one of the same number that came before it goes.
fn keep_part(folder: &std::path::Path, record: &PartRecord, aside: Aside) -> S3Result<()> {
    let path = folder.join(format!("part-{:05}.json", record.number));
    let before: Option<PartRecord> = read_record(&path)?;
    // An upload that was completed or aborted meanwhile has no folder to write to any more.
    write_record(&path, record).map_err(|_| {
        s3_error!(
            NoSuchUpload,
            "The upload was completed or aborted meanwhile."
        )
    })?;
    aside.keep();
    if let Some(before) = before {
        let _ = fs::remove_file(folder.join(before.blob));
    }
    Ok(())
}

/// A part that is taken from another object, or from a range of it.
pub(crate) async fn copy_part(
    backend: &Backend,
    request: &S3Request<UploadPartCopyInput>,
) -> S3Result<S3Response<UploadPartCopyOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let (upload, folder) = find(&backend.store, &input.bucket, &input.key, &input.upload_id)?;
    let CopySource::Bucket {
        bucket,
        key,
        version_id,
    } = &input.copy_source
    else {
        return Err(s3_error!(
            NotImplemented,
            "The sandbox copies from buckets only."
        ));
    };
    backend.may_copy_from(request, bucket, key, version_id.is_some())?;
    let source = backend.store.version(bucket, key, version_id.as_deref())?;
    source.may_be_copied()?;
    let (from, length) = match &input.copy_source_range {
        None => (0, source.size),
        Some(range) => range_of(range, source.size)?,
    };
    let number = input.part_number;
    let aside = Aside::create(&folder, &format!("part-{number:05}"))?;
    let file = tokio::fs::File::open(backend.store.blob_path(bucket, &source.blob)).await;
    let mut file = file.map_err(broken)?;
    file.seek(SeekFrom::Start(from)).await.map_err(broken)?;
    let body = StreamingBlob::wrap(ReaderStream::with_capacity(file.take(length), 256 * 1024));
    let received = receive(
        Some(body),
        &aside,
        Promise::none(),
        upload.algorithm.as_slice(),
    )
    .await?;
    let sent = match upload.algorithm {
        Some(algorithm) => received.digests.only(algorithm),
        None => Digests::default(),
    };
    let record = PartRecord {
        number,
        blob: aside.name.clone(),
        size: received.size,
        etag: hexadecimal(&received.md5),
        modified: moment(request),
        digests: received.digests,
        sent,
    };
    keep_part(&folder, &record, aside)?;
    let mut result = CopyPartResult {
        e_tag: etag(&record.etag),
        last_modified: timestamp(&record.modified),
        ..Default::default()
    };
    show!(record.sent => result);
    Ok(S3Response::new(UploadPartCopyOutput {
        copy_part_result: Some(result),
        copy_source_version_id: version_id.as_deref().map(str::to_owned),
        ..Default::default()
    }))
}

/// `bytes=FROM-TO`, both included and within the object.
fn range_of(range: &str, size: u64) -> S3Result<(u64, u64)> {
    let ends = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'));
    let ends =
        ends.and_then(|(from, to)| Some((from.parse::<u64>().ok()?, to.parse::<u64>().ok()?)));
    match ends {
        Some((from, to)) if from <= to && to < size => Ok((from, to - from + 1)),
        _ => Err(s3_error!(
            InvalidArgument,
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy"
        )),
    }
}

pub(crate) async fn complete(
    backend: &Backend,
    request: &S3Request<CompleteMultipartUploadInput>,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let condition = condition(input.if_none_match.as_ref(), input.if_match.as_ref())?;
    let (upload, folder) = find(&backend.store, &input.bucket, &input.key, &input.upload_id)?;
    let parts = chosen_parts(&upload, parts(&folder)?, input)?;
    let size: u64 = parts.iter().map(|part| part.size).sum();
    if input
        .mpu_object_size
        .is_some_and(|promised| promised != signed(size))
    {
        return Err(s3_error!(
            InvalidRequest,
            "The provided 'x-amz-mp-object-size' header does not match what was computed."
        ));
    }
    let digests = digest_of(&upload, &parts, input)?;

    let blob = backend.store.new_blob(&input.bucket, &input.key)?;
    let (files, target): (Vec<PathBuf>, PathBuf) = (
        parts.iter().map(|part| folder.join(&part.blob)).collect(),
        blob.path.clone(),
    );
    let joined = tokio::task::spawn_blocking(move || join(&files, &target))
        .await
        .map_err(|error| s3_error!(InternalError, "{error}"))?;
    if joined.map_err(broken)? != size {
        return Err(s3_error!(
            InternalError,
            "A part in the sandbox's folder has changed its size."
        ));
    }
    let record = ObjectRecord {
        key: upload.key.clone(),
        blob: blob.name.clone(),
        size,
        etag: etag_of(&parts),
        modified: moment(request),
        digests,
        kind: upload.kind,
        parts: parts.iter().map(|part| part.size).collect(),
        about: upload.about,
        version: None,
        number: 0,
        is_removal: false,
        is_story: false,
        is_repeated: false,
    };
    let version_id = backend
        .store
        .publish(&input.bucket, &record, blob, &condition)?;
    let _ = fs::remove_dir_all(&folder);
    let mut output = CompleteMultipartUploadOutput {
        bucket: Some(input.bucket.clone()),
        key: Some(input.key.clone()),
        location: Some(format!(
            "https://{}.s3.amazonaws.com/{}",
            input.bucket, input.key
        )),
        e_tag: etag(&record.etag),
        checksum_type: Some(ChecksumType::from(record.kind.name().to_owned())),
        server_side_encryption: encryption(&record.about),
        ssekms_key_id: record.about.key_id.clone(),
        version_id,
        ..Default::default()
    };
    show!(record.digests => output);
    Ok(S3Response::new(output))
}

/// The parts that the request names, each as it was uploaded.
fn chosen_parts(
    upload: &UploadRecord,
    there: Vec<PartRecord>,
    input: &CompleteMultipartUploadInput,
) -> S3Result<Vec<PartRecord>> {
    let named = input
        .multipart_upload
        .as_ref()
        .and_then(|upload| upload.parts.as_deref())
        .unwrap_or_default();
    if named.is_empty() {
        return Err(s3_error!(
            MalformedXML,
            "You must specify at least one part"
        ));
    }
    let mut chosen: Vec<PartRecord> = vec![];
    for named in named {
        let wrong = || {
            s3_error!(
                InvalidPart,
                "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
            )
        };
        let number = named.part_number.ok_or_else(wrong)?;
        if chosen.last().is_some_and(|before| before.number >= number) {
            return Err(s3_error!(
                InvalidPartOrder,
                "The list of parts was not in ascending order. Parts must be ordered by part number."
            ));
        }
        let part = there
            .iter()
            .find(|part| part.number == number)
            .ok_or_else(wrong)?;
        if named.e_tag.as_ref().map(ETag::value) != Some(part.etag.as_str()) {
            return Err(wrong());
        }
        promised!(named)
            .verify(&part.digests)
            .map_err(|_| wrong())?;
        chosen.push(part.clone());
    }
    if let Some((_, all_but_last)) = chosen.split_last()
        && all_but_last.iter().any(|part| part.size < SMALLEST_PART)
    {
        return Err(s3_error!(
            EntityTooSmall,
            "Your proposed upload is smaller than the minimum allowed size"
        ));
    }
    // AWS answers this with an internal error too: with checksums, parts count from one.
    let consecutive = chosen
        .iter()
        .zip(1..)
        .all(|(part, number)| part.number == number);
    if upload.algorithm.is_some() && !consecutive {
        return Err(s3_error!(
            InternalError,
            "With checksums, part numbers must be consecutive from 1."
        ));
    }
    Ok(chosen)
}

/// The checksum of the whole, which must be the one that the request promises.
fn digest_of(
    upload: &UploadRecord,
    parts: &[PartRecord],
    input: &CompleteMultipartUploadInput,
) -> S3Result<Digests> {
    if input
        .checksum_type
        .as_ref()
        .is_some_and(|asked| asked.as_str() != upload.kind.name())
    {
        return Err(s3_error!(
            InvalidRequest,
            "The checksum type of the upload is {}.",
            upload.kind.name()
        ));
    }
    let promised = promised!(input);
    let mut digests = Digests::default();
    for algorithm in promised
        .algorithms()
        .chain([upload.algorithm.unwrap_or(Algorithm::Crc64Nvme)])
    {
        let of_part = |part: &PartRecord| {
            part.digests
                .get(algorithm)
                .map(|digest| (digest, part.size))
        };
        let known: Option<Vec<(String, u64)>> = parts.iter().map(of_part).collect();
        digests.set(
            algorithm,
            known.and_then(|known| of_parts(algorithm, upload.kind, &known)),
        );
    }
    promised.verify(&digests)?;
    Ok(digests.only(upload.algorithm.unwrap_or(Algorithm::Crc64Nvme)))
}

/// `MD5 of the MD5s` and the number of parts.
fn etag_of(parts: &[PartRecord]) -> String {
    let mut md5 = Md5::new();
    for part in parts {
        let bytes: Vec<u8> = part
            .etag
            .as_bytes()
            .chunks(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        md5.update(&bytes);
    }
    format!("{}-{}", hexadecimal(&md5.finalize()), parts.len())
}

fn join(files: &[PathBuf], target: &std::path::Path) -> std::io::Result<u64> {
    let mut target = fs::File::create(target)?;
    let mut size = 0;
    for file in files {
        size += std::io::copy(&mut fs::File::open(file)?, &mut target)?;
    }
    Ok(size)
}

pub(crate) fn abort(
    backend: &Backend,
    request: &S3Request<AbortMultipartUploadInput>,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    let (_, folder) = find(&backend.store, &input.bucket, &input.key, &input.upload_id)?;
    fs::remove_dir_all(folder).map_err(broken)?;
    Ok(S3Response::with_status(
        AbortMultipartUploadOutput::default(),
        http::StatusCode::NO_CONTENT,
    ))
}
