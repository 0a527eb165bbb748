//! What broken uploads left: parts that nobody sees in a listing, and that cost like files.

use jiff::Timestamp;
use tallyport_ledger::tenant::Place;

use super::super::{Site, named, says};
use super::{key_of, moment, path_of, size};
use crate::AwsError;

/// An abort may miss a part that is just coming: then it is done again, so often at most.
const ABORTS: usize = 5;

/// An upload that was begun and neither completed nor aborted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The path that the file would have had.
    pub path: String,
    /// The upload's id.
    pub upload: String,
    /// When it was begun.
    pub begun: Timestamp,
    /// Its parts.
    pub parts: u64,
    /// What they hold.
    pub bytes: u64,
}

/// All unfinished uploads of a place. Those that are under way are among them.
///
/// # Errors
/// [`AwsError`].
pub async fn leftovers(site: &Site, place: &Place) -> Result<Vec<Leftover>, AwsError> {
    let bucket = place.bucket.as_str();
    let mut found = Vec::new();
    let (mut key_marker, mut upload_marker) = (None, None);
    loop {
        let page = site
            .s3()
            .list_multipart_uploads()
            .bucket(bucket)
            .prefix(place.prefix.as_str())
            .set_key_marker(key_marker)
            .set_upload_id_marker(upload_marker)
            .send()
            .await
            .map_err(named("s3:ListBucketMultipartUploads", bucket))?;
        for upload in page.uploads.unwrap_or_default() {
            let (Some(key), Some(id)) = (upload.key, upload.upload_id) else {
                continue;
            };
            // One that was completed or aborted meanwhile is none.
            if let (Some(path), Some((parts, bytes))) =
                (path_of(place, &key), parts(site, bucket, &key, &id).await?)
            {
                found.push(Leftover {
                    path,
                    upload: id,
                    begun: moment(upload.initiated),
                    parts,
                    bytes,
                });
            }
        }
        if page.is_truncated != Some(true) {
            return Ok(found);
        }
        (key_marker, upload_marker) = (page.next_key_marker, page.next_upload_id_marker);
    }
}

/// How many parts an upload has, and what they hold.
async fn parts(
    site: &Site,
    bucket: &str,
    key: &str,
    id: &str,
) -> Result<Option<(u64, u64)>, AwsError> {
    let (mut count, mut bytes) = (0, 0);
    let mut pages = site
        .s3()
        .list_parts()
        .bucket(bucket)
        .key(key)
        .upload_id(id)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => {
                for part in page.parts() {
                    count += 1;
                    bytes += size(part.size);
                }
            }
            Err(error) if says(&error, "NoSuchUpload") => return Ok(None),
            Err(error) => return Err(named("s3:ListMultipartUploadParts", bucket)(error)),
        }
    }
    Ok(Some((count, bytes)))
}

/// Sweeps one unfinished upload away, until nothing of it is left.
///
/// # Errors
/// [`AwsError`].
pub async fn abort(site: &Site, place: &Place, path: &str, upload: &str) -> Result<(), AwsError> {
    let key = key_of(place, path)?;
    let bucket = place.bucket.as_str();
    for _ in 0..ABORTS {
        let asked = site
            .s3()
            .abort_multipart_upload()
            .bucket(bucket)
            .key(&key)
            .upload_id(upload);
        match asked.send().await {
            Ok(_) => {}
            Err(error) if says(&error, "NoSuchUpload") => return Ok(()),
            Err(error) => return Err(named("s3:AbortMultipartUpload", bucket)(error)),
        }
        if parts(site, bucket, &key, upload).await?.is_none() {
            return Ok(());
        }
    }
    Err(AwsError::Refused {
        action: format!("s3:AbortMultipartUpload on {bucket}"),
        code: "StillUploading".to_owned(),
        said: "parts of this upload are still coming: stop it first, then sweep it away".to_owned(),
    })
}
