//! Folders made, files removed and taken back, and all of a place erased.

use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use tallyport_ledger::tenant::Place;

use super::super::{Site, named, says, unbuildable};
use super::{Measured, abort, broken, key_of, measure, versions};
use crate::AwsError;

/// One request removes at most so many.
const AT_ONCE: usize = 1_000;

/// Makes a folder: a mark of no bytes, as S3's console makes them. `path` ends with `/`.
///
/// # Errors
/// [`AwsError`]; one that is there already is none.
pub async fn make_folder(site: &Site, place: &Place, path: &str) -> Result<(), AwsError> {
    let key = key_of(place, &format!("{}/", path.trim_end_matches('/')))?;
    let bucket = place.bucket.as_str();
    let asked = site
        .s3()
        .put_object()
        .bucket(bucket)
        .key(&key)
        .if_none_match("*");
    match asked.send().await {
        Ok(_) => Ok(()),
        Err(error) if says(&error, "PreconditionFailed") => Ok(()),
        Err(error) => Err(named("s3:PutObject", bucket)(error)),
    }
}

/// Removes a file, or all of a folder where the path ends with `/`, so that it can be taken back where
/// versions are kept. Says how many files.
///
/// # Errors
/// [`AwsError`].
pub async fn remove(site: &Site, place: &Place, path: &str) -> Result<u64, AwsError> {
    let key = key_of(place, path)?;
    if !path.ends_with('/') {
        remove_key(site, place, &key).await?;
        return Ok(1);
    }
    let keys = keys_below(site, place, &key).await?;
    let count = keys.len() as u64;
    delete(
        site,
        place,
        keys.into_iter().map(|key| (key, None)).collect(),
    )
    .await?;
    Ok(count)
}

pub(super) async fn remove_key(site: &Site, place: &Place, key: &str) -> Result<(), AwsError> {
    let bucket = place.bucket.as_str();
    let asked = site.s3().delete_object().bucket(bucket).key(key);
    asked
        .send()
        .await
        .map_err(named("s3:DeleteObject", bucket))?;
    Ok(())
}

/// Takes back the removal of a file, or of all of a folder where the path ends with `/`, as far as the removal
/// is the newest that happened. Says how many files came back.
///
/// # Errors
/// [`AwsError`].
pub async fn undo_remove(site: &Site, place: &Place, path: &str) -> Result<u64, AwsError> {
    let key = key_of(place, path)?;
    let is_folder = path.ends_with('/');
    let mut removals = Vec::new();
    versions::each(site, place, &key, |one| {
        let is_meant = is_folder || one.key == key;
        if is_meant && one.version.is_latest && one.version.bytes.is_none() {
            removals.push((one.key, Some(one.version.id)));
        }
    })
    .await?;
    let count = removals.len() as u64;
    delete(site, place, removals).await?;
    Ok(count)
}

/// Erases all of a place for ever: every version, every removal, every part of an unfinished upload. Says what
/// there was.
///
/// # Errors
/// [`AwsError`]; it can be called again and goes on.
pub async fn erase(site: &Site, place: &Place) -> Result<Measured, AwsError> {
    let there = measure(site, place).await?;
    for left in broken::leftovers(site, place).await? {
        abort(site, place, &left.path, &left.upload).await?;
    }
    let mut all = Vec::new();
    versions::each(site, place, place.prefix.as_str(), |one| {
        all.push((one.key, Some(one.version.id)));
    })
    .await?;
    delete(site, place, all).await?;
    Ok(there)
}

/// Every key below a prefix, its own included.
pub(super) async fn keys_below(
    site: &Site,
    place: &Place,
    prefix: &str,
) -> Result<Vec<String>, AwsError> {
    let bucket = place.bucket.as_str();
    let mut keys = Vec::new();
    let mut pages = site
        .s3()
        .list_objects_v2()
        .bucket(bucket)
        .prefix(prefix)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        let page = page.map_err(named("s3:ListBucket", bucket))?;
        let objects = page.contents.unwrap_or_default().into_iter();
        keys.extend(objects.filter_map(|object| object.key));
    }
    Ok(keys)
}

/// Removes keys or versions of them, a thousand at a time. Each one that is refused stops it with its name.
async fn delete(
    site: &Site,
    place: &Place,
    keys: Vec<(String, Option<String>)>,
) -> Result<(), AwsError> {
    let bucket = place.bucket.as_str();
    for some in keys.chunks(AT_ONCE) {
        let objects: Result<Vec<_>, _> = some
            .iter()
            .map(|(key, version)| {
                ObjectIdentifier::builder()
                    .key(key)
                    .set_version_id(version.clone())
                    .build()
            })
            .collect();
        let delete = Delete::builder()
            .set_objects(Some(objects.map_err(unbuildable)?))
            .quiet(true)
            .build()
            .map_err(unbuildable)?;
        let answer = site
            .s3()
            .delete_objects()
            .bucket(bucket)
            .delete(delete)
            .send()
            .await
            .map_err(named("s3:DeleteObject", bucket))?;
        if let Some(error) = answer.errors().first() {
            return Err(AwsError::Refused {
                action: format!(
                    "s3:DeleteObject on s3://{bucket}/{}",
                    error.key().unwrap_or_default()
                ),
                code: error.code().unwrap_or_default().to_owned(),
                said: error.message().unwrap_or_default().to_owned(),
            });
        }
    }
    Ok(())
}
