//! A sandbox with a bucket and a client, and the few things that the tests do with them.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart};
use tallyport_sandbox::Sandbox;

use crate::support::{Opened, open};

pub const BUCKET: &str = "northwind-test-bucket";
pub const PART: usize = 8 * 1024 * 1024;

pub struct Desk {
    pub opened: Opened,
    pub client: Client,
}

pub async fn desk() -> Desk {
    let opened = open();
    let client = client_of(&opened.sandbox);
    client.create_bucket().bucket(BUCKET).send().await.unwrap();
    Desk { opened, client }
}

pub fn client_of(sandbox: &Sandbox) -> Client {
    let config = sandbox.sdk_config();
    let quick = config
        .retry_config()
        .cloned()
        .unwrap()
        .with_initial_backoff(std::time::Duration::from_millis(2));
    Client::new(&config.to_builder().retry_config(quick).build())
}

/// Bytes without a pattern that a chunk could hide in.
pub fn bytes(length: usize) -> Vec<u8> {
    let mut state: u32 = 0x9e37_79b9;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()
    };
    (0..length.div_ceil(4))
        .flat_map(|_| next())
        .take(length)
        .collect()
}

pub fn crc64(bytes: &[u8]) -> String {
    aws_smithy_types::base64::encode(
        crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, bytes).to_be_bytes(),
    )
}

impl Desk {
    pub async fn read(&self, key: &str) -> Vec<u8> {
        let answer = self
            .client
            .get_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await
            .unwrap();
        answer.body.collect().await.unwrap().into_bytes().to_vec()
    }

    pub async fn is_there(&self, key: &str) -> bool {
        self.client
            .head_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await
            .is_ok()
    }

    pub async fn put(&self, key: &str, body: &[u8]) {
        self.client
            .put_object()
            .bucket(BUCKET)
            .key(key)
            .body(body.to_vec().into())
            .send()
            .await
            .unwrap();
    }

    /// Uploads `path` in parts of 8 MiB, five of them, streamed from the file.
    pub async fn upload(
        &self,
        key: &str,
        path: &std::path::Path,
        size: usize,
        algorithm: Option<ChecksumAlgorithm>,
    ) -> (String, Vec<CompletedPart>) {
        let begun = self
            .client
            .create_multipart_upload()
            .bucket(BUCKET)
            .key(key)
            .set_checksum_algorithm(algorithm.clone())
            .send()
            .await
            .unwrap();
        let id = begun.upload_id.unwrap();
        let mut parts = vec![];
        for (number, offset) in (1..).zip((0..size).step_by(PART)) {
            let length = PART.min(size - offset) as u64;
            let body = ByteStream::read_from()
                .path(path)
                .offset(offset as u64)
                .length(Length::Exact(length))
                .build()
                .await
                .unwrap();
            let sent = self
                .client
                .upload_part()
                .bucket(BUCKET)
                .key(key)
                .upload_id(&id)
                .part_number(number);
            let sent = sent
                .set_checksum_algorithm(algorithm.clone())
                .body(body)
                .send()
                .await
                .unwrap();
            let part = CompletedPart::builder()
                .part_number(number)
                .set_e_tag(sent.e_tag);
            parts.push(
                part.set_checksum_crc64_nvme(sent.checksum_crc64_nvme)
                    .set_checksum_sha256(sent.checksum_sha256)
                    .build(),
            );
        }
        (id, parts)
    }
}

pub fn named(parts: &[CompletedPart]) -> CompletedMultipartUpload {
    CompletedMultipartUpload::builder()
        .set_parts(Some(parts.to_vec()))
        .build()
}
