//! What lies in a folder, a page at a time.

use aws_sdk_s3::types::Object;
use jiff::Timestamp;
use tallyport_ledger::tenant::Place;

use super::super::{Site, named, says};
use super::whole::refused;
use super::{key_of, moment, path_of, size};
use crate::AwsError;

/// A search looks at so many pages before it answers what it has found.
const PAGES_OF_A_SEARCH: usize = 20;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path within the place.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// When it was written.
    pub modified: Timestamp,
    /// Its entity tag, without quotes.
    pub etag: String,
}

/// A page of what lies in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Folders, as paths that end with `/`.
    pub folders: Vec<String>,
    /// Files.
    pub files: Vec<File>,
    /// What to go on with, if there is more.
    pub continuation: Option<String>,
}

/// The beginning of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its first bytes.
    pub bytes: Vec<u8>,
    /// How many it has in all.
    pub total: u64,
    /// What its writer says that it is.
    pub kind: String,
}

/// What lies directly in `folder`, which is nothing for the place itself or ends with `/`: a thousand entries
/// at most, and what to go on with.
///
/// # Errors
/// [`AwsError`].
pub async fn list(
    site: &Site,
    place: &Place,
    folder: &str,
    continuation: Option<String>,
) -> Result<Listing, AwsError> {
    page(site, place, folder, Some("/"), continuation).await
}

/// Files below `folder` whose path holds `text`, whatever the case. S3 cannot search: twenty thousand names
/// are looked at before what was found is answered, with what to go on with.
///
/// # Errors
/// [`AwsError`].
pub async fn search(
    site: &Site,
    place: &Place,
    folder: &str,
    text: &str,
    continuation: Option<String>,
) -> Result<Listing, AwsError> {
    let text = text.to_lowercase();
    let mut found = Listing {
        continuation,
        ..Listing::default()
    };
    for _ in 0..PAGES_OF_A_SEARCH {
        let next = page(site, place, folder, None, found.continuation.take()).await?;
        let fits = |file: &File| file.path.to_lowercase().contains(&text);
        found.files.extend(next.files.into_iter().filter(fits));
        found.continuation = next.continuation;
        if found.continuation.is_none() {
            break;
        }
    }
    Ok(found)
}

pub(super) async fn page(
    site: &Site,
    place: &Place,
    folder: &str,
    delimiter: Option<&str>,
    continuation: Option<String>,
) -> Result<Listing, AwsError> {
    let prefix = if folder.is_empty() {
        place.prefix.as_str().to_owned()
    } else {
        key_of(place, folder)?
    };
    let bucket = place.bucket.as_str();
    let answer = site
        .s3()
        .list_objects_v2()
        .bucket(bucket)
        .prefix(&prefix)
        .set_delimiter(delimiter.map(str::to_owned))
        .set_continuation_token(continuation)
        .send()
        .await
        .map_err(named("s3:ListBucket", bucket))?;
    let folders = answer.common_prefixes.unwrap_or_default().into_iter();
    let files = answer.contents.unwrap_or_default().into_iter();
    Ok(Listing {
        folders: folders
            .filter_map(|common| path_of(place, &common.prefix?))
            .collect(),
        // The mark of the folder itself is not in it.
        files: files
            .filter(|object| object.key.as_deref() != Some(prefix.as_str()))
            .filter_map(|object| file(place, object))
            .collect(),
        continuation: answer.next_continuation_token,
    })
}

fn file(place: &Place, object: Object) -> Option<File> {
    Some(File {
        path: path_of(place, &object.key?)?,
        bytes: size(object.size),
        modified: moment(object.last_modified),
        etag: object
            .e_tag
            .unwrap_or_default()
            .trim_matches('"')
            .to_owned(),
    })
}

/// The first bytes of a file, at most so many.
///
/// # Errors
/// [`AwsError::Missing`] if it is not there.
pub async fn preview(
    site: &Site,
    place: &Place,
    path: &str,
    most: u64,
) -> Result<Preview, AwsError> {
    let key = key_of(place, path)?;
    let bucket = place.bucket.as_str();
    let get = || site.s3().get_object().bucket(bucket).key(&key);
    let asked = get().range(format!("bytes=0-{}", most.saturating_sub(1)));
    let answer = match asked.send().await {
        // A file without bytes has no range.
        Err(error) if says(&error, "InvalidRange") => get().send().await,
        other => other,
    };
    let answer = answer.map_err(|error| refused(error, bucket, &key))?;
    let of_all = answer
        .content_range()
        .and_then(|range| range.rsplit('/').next());
    let total = of_all
        .and_then(|total| total.parse().ok())
        .unwrap_or_else(|| size(answer.content_length));
    let kind = answer.content_type.clone().unwrap_or_default();
    let body = answer.body.collect().await;
    let body = body.map_err(|error| AwsError::Unreachable(error.to_string()))?;
    Ok(Preview {
        bytes: body.into_bytes().to_vec(),
        total,
        kind,
    })
}
