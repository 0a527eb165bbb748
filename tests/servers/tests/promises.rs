//! The servers keep and break what they say, through the real SDK.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and takes the time that a line takes"
)]

use std::time::{Duration, Instant};

use aws_config::retry::RetryConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType};
use tallyport_servers::{Break, Fault, FaultyS3, Line, LineOptions, Refusal, Sink};

const MIB: usize = 1024 * 1024;

struct Stage {
    _folder: tempfile::TempDir,
    server: FaultyS3,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = FaultyS3::start(folder.path()).unwrap();
        Self {
            _folder: folder,
            server,
        }
    }

    /// A client that takes the first answer for the last.
    fn client(&self, through: Option<&str>) -> Client {
        let config = self.server.sdk_config(through).to_builder();
        Client::new(&config.retry_config(RetryConfig::disabled()).build())
    }
}

async fn put(client: &Client, key: &str, bytes: Vec<u8>) -> Result<(), String> {
    let asking = client.put_object().bucket(FaultyS3::BUCKET).key(key);
    let asking = asking.body(ByteStream::from(bytes)).if_none_match("*");
    let answer = asking.send().await;
    answer
        .map(drop)
        .map_err(|error| format!("{:?}", error.into_service_error()))
}

#[tokio::test]
async fn nothing_was_done_and_done_but_nobody_heard_are_different_faults() {
    let stage = Stage::new();
    let client = stage.client(None);
    let plan = stage.server.plan();
    let cases = [
        (Fault::Refused(Refusal::SlowDown), false),
        (Fault::ResetAfter(100), false),
        (Fault::CorruptedBody, false),
        (Fault::LostAnswer, true),
        (Fault::RefusedAfterwards(Refusal::InternalError), true),
    ];
    for (number, (fault, is_done)) in cases.into_iter().enumerate() {
        let key = format!("file {number}");
        // With connections of its own: on one that the last fault is just breaking, nothing would be asked.
        let client = stage.client(None);
        plan.next("PutObject", fault, 1);
        let answer = put(&client, &key, vec![7; 300_000]).await;
        assert!(answer.is_err(), "{fault:?} was answered well");
        assert_eq!(plan.left(), 0, "{fault:?} did not happen");
        let held = stage.server.held(FaultyS3::BUCKET).unwrap();
        assert_eq!(held.objects.contains_key(&key), is_done, "{fault:?}");
    }
    put(&client, "good", vec![1; 1_000]).await.unwrap();
    assert_eq!(
        stage.server.bytes(FaultyS3::BUCKET, "good").unwrap(),
        [1; 1_000]
    );
    let again = put(&client, "good", vec![2; 10]).await.unwrap_err();
    assert!(again.contains("PreconditionFailed"), "{again}");
    let last = stage.server.seen().pop().unwrap();
    assert_eq!((last.operation, last.status), ("PutObject", Some(412)));
}

#[tokio::test]
async fn parts_without_a_whole_are_told_and_an_error_may_stand_within_a_200() {
    let stage = Stage::new();
    let client = stage.client(None);
    let (bucket, key) = (FaultyS3::BUCKET, "in parts");
    let begun = client.create_multipart_upload().bucket(bucket).key(key);
    let begun = begun
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .checksum_type(ChecksumType::FullObject);
    let id = begun.send().await.unwrap().upload_id.unwrap();
    let part = client.upload_part().bucket(bucket).key(key).upload_id(&id);
    let part = part.part_number(1).body(ByteStream::from(vec![3; 9_000]));
    let part = part.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme);
    let etag = part.send().await.unwrap().e_tag.unwrap();
    let held = stage.server.held(bucket).unwrap();
    assert_eq!(held.uploads.first().unwrap().parts, [(1, 9_000)].into());

    let plan = stage.server.plan();
    plan.next("CompleteMultipartUpload", Fault::ErrorInside200, 1);
    let parts = aws_sdk_s3::types::CompletedMultipartUpload::builder().parts(
        aws_sdk_s3::types::CompletedPart::builder()
            .part_number(1)
            .e_tag(etag)
            .build(),
    );
    let complete = client.complete_multipart_upload().bucket(bucket).key(key);
    let complete = complete.upload_id(&id).multipart_upload(parts.build());
    let error = complete.clone().send().await.unwrap_err();
    let said = format!("{error:?}");
    assert!(said.contains("InternalError"), "{said}");
    assert!(stage.server.held(bucket).unwrap().objects.is_empty());
    complete.send().await.unwrap();
    let held = stage.server.held(bucket).unwrap();
    assert_eq!(held.objects[key].size, 9_000);
    assert!(held.uploads.is_empty());
}

#[tokio::test]
async fn a_line_has_its_rate_and_its_delay_and_breaks_where_it_is_told() {
    let stage = Stage::new();
    let options = LineOptions {
        bits_per_second: Some(16_000_000),
        delay: Duration::from_millis(20),
    };
    let line = Line::before(&stage.server.url(), options).unwrap();
    let client = stage.client(Some(&line.url()));
    let begun = Instant::now();
    put(&client, "slow", vec![9; 2 * MIB]).await.unwrap();
    let took = begun.elapsed().as_millis();
    // 2 MiB at 16 Mbit/s are 1,049 ms; a busy machine adds to it and never takes away.
    assert!((1_049..6_000).contains(&took), "{took} ms");
    for how in [Break::Cut, Break::Reset, Break::ResetAll] {
        line.break_after(100_000, how);
        let answer = put(&client, "broken", vec![9; MIB]).await;
        assert!(answer.is_err(), "{how:?}");
        assert_eq!(line.breaks_left(), 0);
    }
    let held = stage.server.held(FaultyS3::BUCKET).unwrap();
    assert!(!held.objects.contains_key("broken"));
    line.break_after(100_000, Break::Stall(Duration::from_millis(500)));
    put(&client, "late", vec![9; MIB]).await.unwrap();
}

#[tokio::test]
async fn the_sink_believes_what_it_is_told() {
    let (stage, sink) = (Stage::new(), Sink::start().unwrap());
    let client = stage.client(Some(&sink.url()));
    let asking = client.put_object().bucket("b").key("k");
    let asking = asking.checksum_crc64_nvme("AAAAAAAAAAA=");
    let answer = asking.body(ByteStream::from(vec![1; 70_000])).send().await;
    assert_eq!(answer.unwrap().checksum_crc64_nvme(), Some("AAAAAAAAAAA="));
    assert_eq!(sink.written(), (1, 70_000));
    let head = client.head_object().bucket("b").key("k").send().await;
    assert_eq!(head.unwrap().content_length(), Some(70_000));
}
