//! What a file was before.

use jiff::Timestamp;
use tallyport_ledger::tenant::Place;

use super::super::{Site, named};
use super::{copy, key_of, moment, size};
use crate::AwsError;

/// One version of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// When it came.
    pub modified: Timestamp,
    /// Its size; nothing where the file was removed.
    pub bytes: Option<u64>,
    /// Whether it is what is there now.
    pub is_latest: bool,
}

/// All versions of a file, the newest first, its removals included.
///
/// # Errors
/// [`AwsError`].
pub async fn versions(site: &Site, place: &Place, path: &str) -> Result<Vec<Version>, AwsError> {
    let key = key_of(place, path)?;
    let mut found = Vec::new();
    each(site, place, &key, |one| {
        if one.key == key {
            found.push(one.version);
        }
    })
    .await?;
    // Those of one moment stay in S3's order, the newest first.
    found.sort_by_key(|one| std::cmp::Reverse((one.is_latest, one.modified)));
    Ok(found)
}

/// A version with the key that it is of.
pub(super) struct Keyed {
    pub key: String,
    pub version: Version,
}

/// Every version and every removal below a prefix, page by page.
pub(super) async fn each(
    site: &Site,
    place: &Place,
    prefix: &str,
    mut take: impl FnMut(Keyed),
) -> Result<(), AwsError> {
    let bucket = place.bucket.as_str();
    let (mut key_marker, mut version_marker) = (None, None);
    loop {
        let page = site
            .s3()
            .list_object_versions()
            .bucket(bucket)
            .prefix(prefix)
            .set_key_marker(key_marker)
            .set_version_id_marker(version_marker)
            .send()
            .await
            .map_err(named("s3:ListBucketVersions", bucket))?;
        for one in page.versions.unwrap_or_default() {
            take(Keyed {
                key: one.key.unwrap_or_default(),
                version: Version {
                    id: one.version_id.unwrap_or_default(),
                    modified: moment(one.last_modified),
                    bytes: Some(size(one.size)),
                    is_latest: one.is_latest == Some(true),
                },
            });
        }
        for one in page.delete_markers.unwrap_or_default() {
            take(Keyed {
                key: one.key.unwrap_or_default(),
                version: Version {
                    id: one.version_id.unwrap_or_default(),
                    modified: moment(one.last_modified),
                    bytes: None,
                    is_latest: one.is_latest == Some(true),
                },
            });
        }
        if page.is_truncated != Some(true) {
            return Ok(());
        }
        (key_marker, version_marker) = (page.next_key_marker, page.next_version_id_marker);
    }
}

/// Makes a version be what is there, as a new version: those between stay.
///
/// # Errors
/// [`AwsError`].
pub async fn restore(
    site: &Site,
    place: &Place,
    path: &str,
    version: &str,
) -> Result<(), AwsError> {
    let key = key_of(place, path)?;
    copy::object(site, place, &key, Some(version), &key, false).await
}
