//! Copying and renaming. S3 knows no renaming: it is copying, then removing what was copied.

use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart, MetadataDirective,
};
use tallyport_ledger::tenant::Place;

use super::super::{Site, incomplete, named, says};
use super::{change, key_of, size};
use crate::AwsError;

/// S3 copies at most 5 GB at once; more goes in parts, of at most 10,000.
const AT_ONCE: u64 = 5_000_000_000;
const PART: u64 = 512 * 1024 * 1024;
const MOST_PARTS: u64 = 10_000;

/// Copies a file, or all of a folder where the path ends with `/`. Nothing is overwritten. Says how many files
/// there are.
///
/// # Errors
/// [`AwsError::Refused`] with `PreconditionFailed` where something is there already; what was copied before it
/// stays.
pub async fn copy(site: &Site, place: &Place, from: &str, to: &str) -> Result<u64, AwsError> {
    let pairs = pairs(site, place, from, to).await?;
    for (from, to) in &pairs {
        object(site, place, from, None, to, true).await?;
    }
    Ok(pairs.len() as u64)
}

/// Renames a file, or a folder where the path ends with `/`: each file is removed when its copy is there.
///
/// # Errors
/// As [`copy`].
pub async fn rename(site: &Site, place: &Place, from: &str, to: &str) -> Result<u64, AwsError> {
    let pairs = pairs(site, place, from, to).await?;
    for (from, to) in &pairs {
        object(site, place, from, None, to, true).await?;
        change::remove_key(site, place, from).await?;
    }
    Ok(pairs.len() as u64)
}

/// Which key goes where.
async fn pairs(
    site: &Site,
    place: &Place,
    from: &str,
    to: &str,
) -> Result<Vec<(String, String)>, AwsError> {
    let (source, target) = (key_of(place, from)?, key_of(place, to)?);
    if source == target || (from.ends_with('/') && target.starts_with(&source)) {
        return Err(refused(place, "a folder cannot go into itself"));
    }
    if from.ends_with('/') != to.ends_with('/') {
        return Err(refused(
            place,
            "a folder goes to a folder, a file to a file",
        ));
    }
    if !from.ends_with('/') {
        return Ok(vec![(source, target)]);
    }
    let mut pairs = Vec::new();
    for key in change::keys_below(site, place, &source).await? {
        let rest = key.strip_prefix(&source).unwrap_or_default();
        let to = format!("{target}{rest}");
        pairs.push((key, to));
    }
    Ok(pairs)
}

fn refused(place: &Place, said: &str) -> AwsError {
    AwsError::Refused {
        action: format!("s3:PutObject on {}", place.bucket),
        code: "InvalidPath".to_owned(),
        said: said.to_owned(),
    }
}

/// Copies one object, or one version of it.
pub(super) async fn object(
    site: &Site,
    place: &Place,
    from: &str,
    version: Option<&str>,
    to: &str,
    only_if_absent: bool,
) -> Result<(), AwsError> {
    let bucket = place.bucket.as_str();
    let s3 = site.s3();
    let head = s3
        .head_object()
        .bucket(bucket)
        .key(from)
        .set_version_id(version.map(str::to_owned))
        .send()
        .await
        .map_err(|error| {
            if says(&error, "NotFound") {
                AwsError::Missing(format!("s3://{bucket}/{from}"))
            } else {
                named("s3:GetObject", bucket)(error)
            }
        })?;
    let source = source(bucket, from, version);
    let bytes = size(head.content_length);
    if bytes > AT_ONCE {
        return in_parts(
            site,
            place,
            &source,
            bytes,
            head.content_type,
            to,
            only_if_absent,
        )
        .await;
    }
    // A restored version is copied onto itself, which S3 takes only where something is said anew.
    let directive = (from == to).then_some(MetadataDirective::Replace);
    s3.copy_object()
        .bucket(bucket)
        .key(to)
        .copy_source(&source)
        .set_metadata(directive.as_ref().and(head.metadata))
        .set_content_type(directive.as_ref().and(head.content_type))
        .set_metadata_directive(directive)
        .set_if_none_match(only_if_absent.then(|| "*".to_owned()))
        .send()
        .await
        .map_err(named("s3:PutObject", &format!("s3://{bucket}/{to}")))?;
    Ok(())
}

/// What is copied, as a header has it.
fn source(bucket: &str, key: &str, version: Option<&str>) -> String {
    let encoded: String = key
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    match version {
        Some(version) => format!("{bucket}/{encoded}?versionId={version}"),
        None => format!("{bucket}/{encoded}"),
    }
}

async fn in_parts(
    site: &Site,
    place: &Place,
    source: &str,
    bytes: u64,
    kind: Option<String>,
    to: &str,
    only_if_absent: bool,
) -> Result<(), AwsError> {
    let bucket = place.bucket.as_str();
    let s3 = site.s3();
    let begun = s3
        .create_multipart_upload()
        .bucket(bucket)
        .key(to)
        .set_content_type(kind)
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .checksum_type(ChecksumType::FullObject)
        .send()
        .await
        .map_err(named("s3:PutObject", bucket))?;
    let id = begun.upload_id.ok_or_else(incomplete("the upload's id"))?;
    let copied = copy_parts(site, bucket, source, bytes, to, &id).await;
    let completed = match copied {
        Ok(parts) => {
            let parts = CompletedMultipartUpload::builder()
                .set_parts(Some(parts))
                .build();
            let asked = s3
                .complete_multipart_upload()
                .bucket(bucket)
                .key(to)
                .upload_id(&id)
                .multipart_upload(parts)
                .set_if_none_match(only_if_absent.then(|| "*".to_owned()));
            asked
                .send()
                .await
                .map(drop)
                .map_err(named("s3:PutObject", bucket))
        }
        Err(error) => Err(error),
    };
    if completed.is_err() {
        // What could not be copied whole leaves nothing; where even that fails it shows among the leftovers.
        let aborted = s3
            .abort_multipart_upload()
            .bucket(bucket)
            .key(to)
            .upload_id(&id)
            .send()
            .await;
        if let Err(error) = aborted {
            tracing::warn!(%error, bucket, "a copy that failed could not be swept away");
        }
    }
    completed
}

async fn copy_parts(
    site: &Site,
    bucket: &str,
    source: &str,
    bytes: u64,
    to: &str,
    id: &str,
) -> Result<Vec<CompletedPart>, AwsError> {
    let part_size = PART.max(bytes.div_ceil(MOST_PARTS));
    let mut parts = Vec::new();
    let mut from = 0;
    for number in 1.. {
        if from >= bytes {
            break;
        }
        let until = bytes.min(from.saturating_add(part_size));
        let answer = site
            .s3()
            .upload_part_copy()
            .bucket(bucket)
            .key(to)
            .upload_id(id)
            .part_number(number)
            .copy_source(source)
            .copy_source_range(format!("bytes={from}-{}", until - 1))
            .send()
            .await
            .map_err(named("s3:PutObject", bucket))?;
        let result = answer
            .copy_part_result
            .ok_or_else(incomplete("a copied part"))?;
        parts.push(
            CompletedPart::builder()
                .part_number(number)
                .set_e_tag(result.e_tag)
                .set_checksum_crc64_nvme(result.checksum_crc64_nvme)
                .build(),
        );
        from = until;
    }
    Ok(parts)
}
