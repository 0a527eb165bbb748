//! What the server holds, asked beside the socket, so that no fault stands in the way.

use std::collections::BTreeMap;
use std::io;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::types::ChecksumMode;

use super::FaultyS3;

/// What a bucket holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Objects, by key.
    pub objects: BTreeMap<String, HeldObject>,
    /// Uploads that were begun and neither completed nor aborted: their parts cost money.
    pub uploads: Vec<HeldUpload>,
}

/// An object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldObject {
    /// Its size in bytes.
    pub size: i64,
    /// Its entity tag, without quotation marks.
    pub etag: String,
    /// Its CRC64NVME in base64, if it has one.
    pub crc64nvme: Option<String>,
}

/// An upload in parts that is not completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldUpload {
    /// The key that it is to become.
    pub key: String,
    /// S3's name for it.
    pub id: String,
    /// The sizes of its parts, by number.
    pub parts: BTreeMap<i32, i64>,
}

impl FaultyS3 {
    /// All objects and uploads of a bucket.
    pub fn held(&self, bucket: &str) -> io::Result<Held> {
        let (client, bucket) = (self.beside(), bucket.to_owned());
        self.listening
            .wait_for(async move { held(&client, &bucket).await })?
    }

    /// The bytes of an object.
    pub fn bytes(&self, bucket: &str, key: &str) -> io::Result<Vec<u8>> {
        let asking = self.beside().get_object().bucket(bucket).key(key).send();
        self.listening.wait_for(async move {
            let body = asking.await.map_err(said)?.body.collect().await;
            Ok(body.map_err(said)?.to_vec())
        })?
    }

    /// Writes an object as somebody else would.
    pub fn put(&self, bucket: &str, key: &str, bytes: &[u8]) -> io::Result<()> {
        let asking = self.beside().put_object().bucket(bucket).key(key);
        let asking = asking.body(bytes.to_vec().into()).send();
        self.listening
            .wait_for(async move { asking.await.map(drop).map_err(said) })?
    }
}

async fn held(client: &Client, bucket: &str) -> io::Result<Held> {
    let mut held = Held::default();
    let mut pages = client
        .list_objects_v2()
        .bucket(bucket)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for object in page.map_err(said)?.contents() {
            let key = object.key().unwrap_or_default();
            let asking = client.head_object().bucket(bucket).key(key);
            let about = asking
                .checksum_mode(ChecksumMode::Enabled)
                .send()
                .await
                .map_err(said)?;
            let object = HeldObject {
                size: about.content_length().unwrap_or_default(),
                etag: about.e_tag().unwrap_or_default().replace('"', ""),
                crc64nvme: about.checksum_crc64_nvme().map(str::to_owned),
            };
            held.objects.insert(key.to_owned(), object);
        }
    }
    let asking = client.list_multipart_uploads().bucket(bucket).send();
    for upload in asking.await.map_err(said)?.uploads() {
        let key = upload.key().unwrap_or_default();
        let id = upload.upload_id().unwrap_or_default();
        held.uploads.push(HeldUpload {
            key: key.to_owned(),
            id: id.to_owned(),
            parts: parts(client, bucket, key, id).await?,
        });
    }
    Ok(held)
}

async fn parts(
    client: &Client,
    bucket: &str,
    key: &str,
    id: &str,
) -> io::Result<BTreeMap<i32, i64>> {
    let mut parts = BTreeMap::new();
    let asking = client.list_parts().bucket(bucket).key(key).upload_id(id);
    let mut pages = asking.into_paginator().send();
    while let Some(page) = pages.next().await {
        for part in page.map_err(said)?.parts() {
            let number = part.part_number().unwrap_or_default();
            parts.insert(number, part.size().unwrap_or_default());
        }
    }
    Ok(parts)
}

fn said(error: impl std::error::Error) -> io::Error {
    io::Error::other(DisplayErrorContext(error).to_string())
}
