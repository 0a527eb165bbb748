//! The requests to S3, one function each, tried once. What to do about a fault is decided above.

mod answers;
mod client;
mod fault;

use std::sync::{Mutex, PoisonError};

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumMode, ChecksumType, CompletedMultipartUpload, CompletedPart,
    ServerSideEncryption,
};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_types::body::SdkBody;
use tallyport_store::Part;

use crate::digest::{read, shown};

use client::client;

pub(crate) use answers::{Body, Listed, Object, Pending, Stored};
pub(crate) use fault::{Fault, Kind};

/// Metadata that says which transfer wrote an object, so that ours are told from others.
const TOKEN: &str = "tallyport-transfer";
/// Metadata that keeps a name which a key cannot have to the letter.
const NAME: &str = "tallyport-name";

/// A bucket, asked as one configuration may.
#[derive(Debug)]
pub(crate) struct Wire {
    config: SdkConfig,
    region: Option<String>,
    bucket: String,
    client: Mutex<Client>,
    time: SharedTimeSource,
}

/// What is written of an object beside its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub key: String,
    /// The transfer and the file.
    pub token: String,
    /// The name that the file has here, where its key has another spelling of it.
    pub name: Option<String>,
    /// The key of KMS, where the bucket's own is not meant.
    pub key_id: Option<String>,
}

/// When an object may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// There is nothing at its key.
    Absent,
    /// What is there has this entity tag.
    Is(String),
}

impl Condition {
    /// Whether it allows nothing but replacing this entity tag.
    pub fn is(&self, etag: &str) -> bool {
        matches!(self, Self::Is(expected) if expected == etag)
    }
}

/// Says of an object what is written of it beside its bytes. The SDK's requests share no trait.
macro_rules! labelled {
    ($ask:expr, $label:expr) => {{
        let Label {
            key,
            token,
            name,
            key_id,
        } = $label;
        let mut ask = $ask.key(key).metadata(TOKEN, token);
        if let Some(name) = name {
            ask = ask.metadata(NAME, name);
        }
        if let Some(key_id) = key_id {
            ask = ask
                .server_side_encryption(ServerSideEncryption::AwsKms)
                .ssekms_key_id(key_id);
        }
        ask
    }};
}

/// Says when an object may be written.
macro_rules! on_condition {
    ($ask:expr, $condition:expr) => {
        match $condition {
            Condition::Absent => $ask.if_none_match("*"),
            Condition::Is(etag) => $ask.if_match(etag),
        }
    };
}

impl Wire {
    pub fn new(config: &SdkConfig, bucket: &str, region: Option<&str>) -> Self {
        let system = || SharedTimeSource::new(SystemTimeSource::new());
        let time = config.time_source().unwrap_or_else(system);
        let client = client(config, bucket, region);
        Self {
            config: config.clone(),
            region: region.map(str::to_owned),
            bucket: bucket.to_owned(),
            client: Mutex::new(client),
            time,
        }
    }

    /// Asks for credentials anew at the next request.
    pub fn renew_credentials(&self) {
        let fresh = client(&self.config, &self.bucket, self.region.as_deref());
        *self.client.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
    }

    fn client(&self) -> Client {
        let client = self.client.lock();
        client.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fault<E>(&self, action: &'static str) -> impl FnOnce(fault::Refusal<E>) -> Fault
    where
        E: aws_sdk_s3::error::ProvideErrorMetadata + std::error::Error + 'static,
    {
        let now = self.time.now();
        move |error| Fault::of(action, &error, now)
    }

    /// Writes an object in one request. S3 compares the checksum with what came.
    pub async fn put(
        &self,
        label: &Label,
        condition: &Condition,
        bytes: u64,
        crc64nvme: u64,
        body: SdkBody,
    ) -> Result<Stored, Fault> {
        let ask = self
            .client()
            .put_object()
            .bucket(&self.bucket)
            .content_length(signed(bytes))
            .checksum_crc64_nvme(shown(crc64nvme))
            .body(ByteStream::new(body));
        let ask = on_condition!(labelled!(ask, label), condition);
        // On the heap: what the SDK does meanwhile is large, and would be moved with whatever waits for it.
        let sending = Box::pin(ask.send());
        let answer = sending.await.map_err(self.fault("s3:PutObject"))?;
        Ok(Stored {
            etag: answer.e_tag.unwrap_or_default(),
            version: answer.version_id,
            crc64nvme: answer.checksum_crc64_nvme.as_deref().and_then(read),
        })
    }

    /// Begins an upload in parts.
    pub async fn create(&self, label: &Label) -> Result<String, Fault> {
        let ask = self
            .client()
            .create_multipart_upload()
            .bucket(&self.bucket)
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .checksum_type(ChecksumType::FullObject);
        let action = "s3:PutObject (CreateMultipartUpload)";
        let answer = labelled!(ask, label)
            .send()
            .await
            .map_err(self.fault(action))?;
        answer
            .upload_id
            .filter(|id| !id.is_empty())
            .ok_or_else(|| Fault::unusable(action, "the answer names no upload"))
    }

    /// Sends a part and answers its entity tag.
    pub async fn part(
        &self,
        key: &str,
        upload_id: &str,
        number: u32,
        bytes: u64,
        crc64nvme: u64,
        body: SdkBody,
    ) -> Result<String, Fault> {
        let action = "s3:PutObject (UploadPart)";
        let answer = self
            .client()
            .upload_part()
            .bucket(&self.bucket)
            .key(key)
            .upload_id(upload_id)
            .part_number(number.cast_signed())
            .content_length(signed(bytes))
            .checksum_crc64_nvme(shown(crc64nvme))
            .body(ByteStream::new(body))
            .send()
            .await
            .map_err(self.fault(action))?;
        let confirmed = answer.checksum_crc64_nvme.as_deref().and_then(read);
        if confirmed.is_some_and(|confirmed| confirmed != crc64nvme) {
            return Err(Fault::corrupt(action));
        }
        answer
            .e_tag
            .filter(|etag| !etag.is_empty())
            .ok_or_else(|| Fault::unusable(action, "the answer has no entity tag"))
    }

    /// Has the parts put together, if they come to this checksum and size.
    pub async fn complete(
        &self,
        key: &str,
        upload_id: &str,
        condition: &Condition,
        parts: &[Part],
        bytes: u64,
        crc64nvme: u64,
    ) -> Result<Stored, Fault> {
        let parts = parts.iter().map(|part| {
            CompletedPart::builder()
                .part_number(part.number.cast_signed())
                .e_tag(&part.etag)
                .checksum_crc64_nvme(shown(part.crc64nvme))
                .build()
        });
        let list = CompletedMultipartUpload::builder()
            .set_parts(Some(parts.collect()))
            .build();
        let ask = self
            .client()
            .complete_multipart_upload()
            .bucket(&self.bucket)
            .key(key)
            .upload_id(upload_id)
            .multipart_upload(list)
            .checksum_type(ChecksumType::FullObject)
            .checksum_crc64_nvme(shown(crc64nvme))
            .mpu_object_size(signed(bytes));
        let action = "s3:PutObject (CompleteMultipartUpload)";
        let answer = on_condition!(ask, condition)
            .send()
            .await
            .map_err(self.fault(action))?;
        Ok(Stored {
            etag: answer.e_tag.unwrap_or_default(),
            version: answer.version_id,
            crc64nvme: answer.checksum_crc64_nvme.as_deref().and_then(read),
        })
    }

    /// Ends an upload in parts without an object.
    pub async fn abort(&self, key: &str, upload_id: &str) -> Result<(), Fault> {
        let answer = self
            .client()
            .abort_multipart_upload()
            .bucket(&self.bucket)
            .key(key)
            .upload_id(upload_id)
            .send()
            .await;
        answer
            .map(drop)
            .map_err(self.fault("s3:AbortMultipartUpload"))
    }

    /// The parts that the store has of an upload.
    pub async fn parts(&self, key: &str, upload_id: &str) -> Result<Vec<Part>, Fault> {
        let mut parts = Vec::new();
        let mut marker = None;
        loop {
            let page = self
                .client()
                .list_parts()
                .bucket(&self.bucket)
                .key(key)
                .upload_id(upload_id)
                .set_part_number_marker(marker.take())
                .send()
                .await
                .map_err(self.fault("s3:ListMultipartUploadParts"))?;
            for part in page.parts.unwrap_or_default() {
                let number = part
                    .part_number
                    .and_then(|number| u32::try_from(number).ok());
                let crc64nvme = part.checksum_crc64_nvme.as_deref().and_then(read);
                // A part without a checksum proves nothing and is sent again.
                if let (Some(number), Some(crc64nvme), Some(etag)) = (number, crc64nvme, part.e_tag)
                {
                    parts.push(Part {
                        number,
                        crc64nvme,
                        etag,
                    });
                }
            }
            if page.is_truncated != Some(true) || page.next_part_number_marker.is_none() {
                return Ok(parts);
            }
            marker = page.next_part_number_marker;
        }
    }

    /// The uploads in parts of exactly this key.
    pub async fn uploads(&self, key: &str) -> Result<Vec<Pending>, Fault> {
        let mut found = Vec::new();
        let (mut key_marker, mut id_marker) = (None, None);
        loop {
            let page = self
                .client()
                .list_multipart_uploads()
                .bucket(&self.bucket)
                .prefix(key)
                .set_key_marker(key_marker.take())
                .set_upload_id_marker(id_marker.take())
                .send()
                .await
                .map_err(self.fault("s3:ListBucketMultipartUploads"))?;
            for upload in page.uploads.unwrap_or_default() {
                if upload.key.as_deref() == Some(key) {
                    found.extend(Pending::read(upload));
                }
            }
            if page.is_truncated != Some(true) {
                return Ok(found);
            }
            (key_marker, id_marker) = (page.next_key_marker, page.next_upload_id_marker);
            // Keys come in order: behind this one there are others that only begin like it.
            if key_marker.is_none() || key_marker.as_deref().is_some_and(|marker| marker > key) {
                return Ok(found);
            }
        }
    }

    /// What is there under a key; nothing if nothing is.
    pub async fn look(&self, key: &str, version: Option<&str>) -> Result<Option<Object>, Fault> {
        let answer = self
            .client()
            .head_object()
            .bucket(&self.bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .checksum_mode(ChecksumMode::Enabled)
            .send()
            .await
            .map_err(self.fault("s3:GetObject (HeadObject)"));
        match answer {
            Ok(answer) => Ok(Some(Object::read(&answer))),
            Err(fault) if fault.kind == Kind::Missing => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// An object from `at` on, so many bytes of it; of the one with this entity tag only.
    pub async fn get(&self, key: &str, etag: &str, at: u64, bytes: u64) -> Result<Body, Fault> {
        let mut ask = self
            .client()
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            .if_match(etag);
        // There is no range of nothing.
        if bytes > 0 {
            ask = ask.range(format!("bytes={at}-{}", at + bytes - 1));
        }
        let answer = ask.send().await.map_err(self.fault("s3:GetObject"))?;
        Ok(Body(answer.body))
    }

    /// A page of what lies below a prefix.
    pub async fn list(
        &self,
        prefix: &str,
        continuation: Option<&str>,
    ) -> Result<(Vec<Listed>, Option<String>), Fault> {
        let page = self
            .client()
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(prefix)
            .set_continuation_token(continuation.map(str::to_owned))
            .send()
            .await
            .map_err(self.fault("s3:ListBucket"))?;
        let objects = page.contents.unwrap_or_default();
        let objects = objects.into_iter().filter_map(Listed::read).collect();
        Ok((objects, page.next_continuation_token))
    }
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
