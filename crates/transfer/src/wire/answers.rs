use std::time::SystemTime;

use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::primitives::{ByteStream, DateTime};
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, MultipartUpload};
use bytes::Bytes;
use jiff::Timestamp;

use super::{Fault, TOKEN};
use crate::digest::read;

/// What the store says of an object that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub etag: String,
    pub version: Option<String>,
    /// The checksum of the whole, where it is told.
    pub crc64nvme: Option<u64>,
}

/// An object that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object {
    pub bytes: u64,
    pub etag: String,
    pub version: Option<String>,
    /// The checksum of the whole, where the store keeps one.
    pub crc64nvme: Option<u64>,
    /// Who wrote it, if it was one of our transfers.
    pub token: Option<String>,
}

impl Object {
    pub(super) fn read(answer: &HeadObjectOutput) -> Self {
        let metadata = answer.metadata();
        Self {
            bytes: answer.content_length().and_then(unsigned).unwrap_or(0),
            etag: answer.e_tag().unwrap_or_default().to_owned(),
            version: answer.version_id().map(str::to_owned),
            crc64nvme: answer.checksum_crc64_nvme().and_then(read),
            token: metadata.and_then(|metadata| metadata.get(TOKEN)).cloned(),
        }
    }

    /// Whether its bytes are those of a file with this size and checksum.
    pub fn holds(&self, bytes: u64, crc64nvme: u64) -> bool {
        self.bytes == bytes && self.crc64nvme == Some(crc64nvme)
    }

    pub fn stored(self) -> Stored {
        Stored {
            etag: self.etag,
            version: self.version,
            crc64nvme: self.crc64nvme,
        }
    }
}

/// An upload in parts that was begun and has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    pub id: String,
    pub begun_at: Option<Timestamp>,
    /// Whether it has the checksum that ours have.
    pub is_like_ours: bool,
}

impl Pending {
    pub(super) fn read(upload: MultipartUpload) -> Option<Self> {
        Some(Self {
            begun_at: upload.initiated().and_then(moment),
            is_like_ours: upload.checksum_algorithm() == Some(&ChecksumAlgorithm::Crc64Nvme)
                && upload
                    .checksum_type()
                    .is_none_or(|kind| *kind == ChecksumType::FullObject),
            id: upload.upload_id?,
        })
    }
}

/// An object in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub key: String,
    pub bytes: u64,
    pub etag: String,
    pub modified: Option<Timestamp>,
}

impl Listed {
    pub(super) fn read(object: aws_sdk_s3::types::Object) -> Option<Self> {
        Some(Self {
            bytes: object.size.and_then(unsigned)?,
            modified: object.last_modified.as_ref().and_then(moment),
            etag: object.e_tag?,
            key: object.key?,
        })
    }
}

/// The bytes of an object as they come.
#[derive(Debug)]
pub(crate) struct Body(pub(super) ByteStream);

impl Body {
    /// The next bytes; nothing at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        self.0
            .try_next()
            .await
            .map_err(|error| Fault::broken_off("s3:GetObject", &error))
    }
}

fn unsigned(bytes: i64) -> Option<u64> {
    u64::try_from(bytes).ok()
}

fn moment(told: &DateTime) -> Option<Timestamp> {
    SystemTime::try_from(*told)
        .ok()
        .and_then(|moment| Timestamp::try_from(moment).ok())
}
