//! What is remembered of a bucket, an object, an upload and a part.

use std::collections::BTreeMap;

use s3s::dto::{ETag, Metadata, Timestamp, TimestampFormat};
use s3s::{S3Result, s3_error};
use serde::{Deserialize, Serialize};

use super::checksum::{Algorithm, Digests, Kind};
use super::configuration::Configuration;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BucketRecord {
    pub name: String,
    pub account: String,
    pub region: String,
    pub created: String,
    #[serde(default)]
    pub configuration: Configuration,
}

/// What a writer said about an object, kept and told again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct About {
    pub content_type: Option<String>,
    pub cache_control: Option<String>,
    pub content_disposition: Option<String>,
    pub content_encoding: Option<String>,
    pub content_language: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub storage_class: Option<String>,
    pub encryption: Option<String>,
    pub key_id: Option<String>,
    pub bucket_key: Option<bool>,
    pub tags: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ObjectRecord {
    pub key: String,
    /// The file that holds the bytes.
    pub blob: String,
    pub size: u64,
    pub etag: String,
    pub modified: String,
    pub digests: Digests,
    pub kind: Kind,
    /// Sizes of the parts, where it was uploaded in parts.
    pub parts: Vec<u64>,
    pub about: About,
    /// What this version is called, where versions are kept.
    #[serde(default)]
    pub version: Option<String>,
    /// Which version of its key it is, counted from the first.
    #[serde(default)]
    pub number: u64,
    /// Whether it says that the object was removed.
    #[serde(default)]
    pub is_removal: bool,
    /// Whether it is a part of the company's story, or delivered by AWS itself: nobody asked for it, and its
    /// bill has it in any case.
    #[serde(default)]
    pub is_story: bool,
    /// Whether its file holds only a beginning, which is read again and again: more than a disk has room for.
    #[serde(default)]
    pub is_repeated: bool,
}

impl ObjectRecord {
    /// Refuses what a copy would need more room for than anybody has.
    pub fn may_be_copied(&self) -> S3Result<()> {
        if self.is_repeated {
            return Err(s3_error!(
                InvalidRequest,
                "This file of the sandbox stands for more than it holds, and cannot be copied or renamed."
            ));
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UploadRecord {
    pub id: String,
    pub key: String,
    pub initiated: String,
    /// What every part is to be checked by, where the upload was begun with one.
    pub algorithm: Option<Algorithm>,
    pub kind: Kind,
    pub about: About,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PartRecord {
    pub number: i32,
    pub blob: String,
    pub size: u64,
    /// MD5 in hexadecimal.
    pub etag: String,
    pub modified: String,
    pub digests: Digests,
    /// The checksums that the uploader sent, which are the ones shown.
    pub sent: Digests,
}

pub(crate) fn etag(text: &str) -> Option<ETag> {
    Some(ETag::Strong(text.to_owned()))
}

pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    Timestamp::parse(TimestampFormat::DateTime, text).ok()
}

pub(crate) fn metadata(about: &About) -> Option<Metadata> {
    (!about.metadata.is_empty()).then(|| about.metadata.clone().into_iter().collect())
}

pub(crate) fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
