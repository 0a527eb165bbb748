//! The real S3 client against the folder: whole bodies, every checksum, nothing in part.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumMode, ChecksumType, CompletedMultipartUpload, CompletedPart, Delete,
    MetadataDirective, ObjectIdentifier,
};
use support::{Opened, TODAY, open, reopen};
use tallyport_sandbox::Fault;

const BUCKET: &str = "northwind-test-bucket";
const PART: usize = 8 * 1024 * 1024;

struct Desk {
    opened: Opened,
    client: Client,
}

async fn desk() -> Desk {
    let opened = open();
    let client = client(&opened);
    client.create_bucket().bucket(BUCKET).send().await.unwrap();
    Desk { opened, client }
}

fn client(opened: &Opened) -> Client {
    let config = opened.sandbox.sdk_config();
    let quick = config
        .retry_config()
        .cloned()
        .unwrap()
        .with_initial_backoff(std::time::Duration::from_millis(2));
    Client::new(&config.to_builder().retry_config(quick).build())
}

/// Bytes without a pattern that a chunk could hide in.
fn bytes(length: usize) -> Vec<u8> {
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

fn crc64(bytes: &[u8]) -> String {
    aws_smithy_types::base64::encode(
        crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, bytes).to_be_bytes(),
    )
}

impl Desk {
    async fn read(&self, key: &str) -> Vec<u8> {
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

    async fn is_there(&self, key: &str) -> bool {
        self.client
            .head_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await
            .is_ok()
    }

    async fn put(&self, key: &str, body: &[u8]) {
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
    async fn upload(
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

fn named(parts: &[CompletedPart]) -> CompletedMultipartUpload {
    CompletedMultipartUpload::builder()
        .set_parts(Some(parts.to_vec()))
        .build()
}

#[tokio::test]
async fn a_file_of_forty_mebibytes_comes_back_equal_streamed_whole_and_in_parts() {
    let desk = desk().await;
    let whole = bytes(40 * 1024 * 1024);
    let path = desk.opened.folder.path().join("big");
    std::fs::write(&path, &whole).unwrap();

    let body = ByteStream::from_path(&path).await.unwrap();
    let put = desk
        .client
        .put_object()
        .bucket(BUCKET)
        .key("one go")
        .body(body)
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme);
    let put = put.send().await.unwrap();
    assert_eq!(put.checksum_crc64_nvme(), Some(crc64(&whole).as_str()));
    assert!(desk.read("one go").await == whole, "streamed");

    let (id, parts) = desk
        .upload(
            "parts",
            &path,
            whole.len(),
            Some(ChecksumAlgorithm::Crc64Nvme),
        )
        .await;
    assert_eq!(parts.len(), 5);
    let done = desk
        .client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("parts")
        .upload_id(&id)
        .multipart_upload(named(&parts));
    let done = done
        .mpu_object_size(40 * 1024 * 1024)
        .checksum_crc64_nvme(crc64(&whole))
        .checksum_type(ChecksumType::FullObject)
        .send()
        .await
        .unwrap();
    assert_eq!(done.checksum_crc64_nvme(), Some(crc64(&whole).as_str()));
    assert!(done.e_tag().unwrap().ends_with("-5\""));
    assert!(desk.read("parts").await == whole, "in parts");

    let head = desk
        .client
        .head_object()
        .bucket(BUCKET)
        .key("parts")
        .checksum_mode(ChecksumMode::Enabled)
        .send()
        .await
        .unwrap();
    assert_eq!(head.checksum_crc64_nvme(), Some(crc64(&whole).as_str()));
    assert_eq!(head.content_length(), Some(40 * 1024 * 1024));
    let second = desk
        .client
        .get_object()
        .bucket(BUCKET)
        .key("parts")
        .part_number(2)
        .send()
        .await
        .unwrap();
    assert_eq!(second.parts_count(), Some(5));
    assert!(second.body.collect().await.unwrap().into_bytes() == whole[PART..2 * PART]);
}

#[tokio::test]
async fn a_wrong_checksum_is_refused_and_nothing_is_published() {
    let desk = desk().await;
    let body = b"the right bytes".to_vec();
    let wrong = crc64(b"other bytes");
    let put = || {
        desk.client
            .put_object()
            .bucket(BUCKET)
            .key("file")
            .body(body.clone().into())
    };
    let refused = [
        (put().checksum_crc64_nvme(&wrong), "BadDigest"),
        (put().checksum_crc32("AAAAAA=="), "BadDigest"),
        (put().checksum_crc32_c("AAAAAA=="), "BadDigest"),
        (
            put().checksum_sha1("2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
            "BadDigest",
        ),
        (
            put().checksum_sha256("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            "BadDigest",
        ),
        (put().content_md5("1B2M2Y8AsgTpgAmY7PhCfg=="), "BadDigest"),
    ];
    for (request, code) in refused {
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some(code), "{error:?}");
        assert!(!desk.is_there("file").await, "nothing is published");
    }
    let blobs = desk
        .opened
        .folder
        .path()
        .join("sandbox/s3")
        .join(BUCKET)
        .join("blobs");
    assert_eq!(
        std::fs::read_dir(blobs).unwrap().count(),
        0,
        "nothing is left behind"
    );

    desk.put("file", b"first").await;
    put().checksum_crc64_nvme(wrong).send().await.unwrap_err();
    assert_eq!(desk.read("file").await, b"first", "what was there stays");
}

#[tokio::test]
async fn every_algorithm_is_kept_and_shown_to_who_asks() {
    let desk = desk().await;
    for algorithm in [
        ChecksumAlgorithm::Crc32,
        ChecksumAlgorithm::Crc32C,
        ChecksumAlgorithm::Crc64Nvme,
        ChecksumAlgorithm::Sha1,
        ChecksumAlgorithm::Sha256,
    ] {
        let key = format!("by {algorithm}");
        let put = desk
            .client
            .put_object()
            .bucket(BUCKET)
            .key(&key)
            .checksum_algorithm(algorithm.clone());
        put.body(b"content".to_vec().into()).send().await.unwrap();
        let head = desk
            .client
            .head_object()
            .bucket(BUCKET)
            .key(&key)
            .checksum_mode(ChecksumMode::Enabled)
            .send()
            .await
            .unwrap();
        let shown = [
            head.checksum_crc32(),
            head.checksum_crc32_c(),
            head.checksum_crc64_nvme(),
            head.checksum_sha1(),
            head.checksum_sha256(),
        ];
        assert_eq!(shown.iter().flatten().count(), 1, "{algorithm}: {shown:?}");
        assert_eq!(
            desk.read(&key).await,
            b"content",
            "the client checks it too"
        );
    }
}

#[tokio::test]
async fn an_upload_in_parts_is_completed_only_if_all_that_is_promised_holds() {
    let desk = desk().await;
    let whole = bytes(2 * PART + 100);
    let path = desk.opened.folder.path().join("file");
    std::fs::write(&path, &whole).unwrap();
    let (id, parts) = desk
        .upload(
            "file",
            &path,
            whole.len(),
            Some(ChecksumAlgorithm::Crc64Nvme),
        )
        .await;
    let complete = |parts: &[CompletedPart]| {
        desk.client
            .complete_multipart_upload()
            .bucket(BUCKET)
            .key("file")
            .upload_id(&id)
            .multipart_upload(named(parts))
    };
    let changed = |change: fn(CompletedPart) -> CompletedPart| {
        let mut parts = parts.clone();
        parts[1] = change(parts[1].clone());
        parts
    };
    let wrong_tag = changed(|mut part| {
        part.e_tag = Some("\"00000000000000000000000000000000\"".into());
        part
    });
    let wrong_crc = changed(|mut part| {
        part.checksum_crc64_nvme = Some("AAAAAAAAAAA=".into());
        part
    });
    let backwards: Vec<CompletedPart> = parts.iter().rev().cloned().collect();
    let refused = [
        (complete(&wrong_tag), "InvalidPart"),
        (complete(&wrong_crc), "InvalidPart"),
        (complete(&backwards), "InvalidPartOrder"),
        (
            complete(&parts).checksum_crc64_nvme("AAAAAAAAAAA="),
            "BadDigest",
        ),
        (complete(&parts).mpu_object_size(7), "InvalidRequest"),
        (
            complete(&parts).checksum_type(ChecksumType::Composite),
            "InvalidRequest",
        ),
        (complete(&parts[..0]), "MalformedXML"),
    ];
    for (request, code) in refused {
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some(code), "{error:?}");
        assert!(!desk.is_there("file").await);
    }
    desk.put("file", b"somebody was quicker").await;
    let error = complete(&parts)
        .if_none_match("*")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("PreconditionFailed"));
    assert_eq!(desk.read("file").await, b"somebody was quicker");

    complete(&parts)
        .checksum_crc64_nvme(crc64(&whole))
        .send()
        .await
        .unwrap();
    assert!(
        desk.read("file").await == whole,
        "after every refusal it can still be completed"
    );
    let gone = complete(&parts)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(gone.code(), Some("NoSuchUpload"));
}

#[tokio::test]
async fn a_wrong_part_is_refused_and_the_part_before_it_stays() {
    let desk = desk().await;
    let begun = desk
        .client
        .create_multipart_upload()
        .bucket(BUCKET)
        .key("k")
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .send()
        .await
        .unwrap();
    assert_eq!(begun.checksum_type(), Some(&ChecksumType::FullObject));
    let id = begun.upload_id().unwrap();
    let part = |number, body: &[u8]| {
        desk.client
            .upload_part()
            .bucket(BUCKET)
            .key("k")
            .upload_id(id)
            .part_number(number)
            .body(body.to_vec().into())
    };
    part(1, b"good")
        .checksum_crc64_nvme(crc64(b"good"))
        .send()
        .await
        .unwrap();
    let error = part(1, b"bad")
        .checksum_crc64_nvme(crc64(b"good"))
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("BadDigest"));
    let error = part(2, b"other")
        .checksum_algorithm(ChecksumAlgorithm::Sha256)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(
        error.code(),
        Some("InvalidRequest"),
        "another algorithm than the upload's"
    );
    part(2, b"tail")
        .checksum_crc64_nvme(crc64(b"tail"))
        .send()
        .await
        .unwrap();

    let listed = desk
        .client
        .list_parts()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .max_parts(1)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (listed.parts().len(), listed.is_truncated()),
        (1, Some(true))
    );
    assert_eq!(
        listed.parts()[0].checksum_crc64_nvme(),
        Some(crc64(b"good").as_str())
    );
    assert_eq!(listed.parts()[0].size(), Some(4));
    let next = desk
        .client
        .list_parts()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .part_number_marker(listed.next_part_number_marker().unwrap());
    let next = next.send().await.unwrap();
    assert_eq!(next.parts()[0].part_number(), Some(2));

    let parts: Vec<CompletedPart> = [listed.parts(), next.parts()]
        .concat()
        .into_iter()
        .map(|part| {
            CompletedPart::builder()
                .set_part_number(part.part_number)
                .set_e_tag(part.e_tag)
                .build()
        })
        .collect();
    let complete = desk
        .client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .multipart_upload(named(&parts));
    assert_eq!(
        complete
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .code(),
        Some("EntityTooSmall")
    );

    let uploads = desk
        .client
        .list_multipart_uploads()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    assert_eq!(uploads.uploads()[0].upload_id(), Some(id));
    desk.client
        .abort_multipart_upload()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .send()
        .await
        .unwrap();
    assert!(
        desk.client
            .list_multipart_uploads()
            .bucket(BUCKET)
            .send()
            .await
            .unwrap()
            .uploads()
            .is_empty()
    );
}

#[tokio::test]
async fn a_composite_checksum_is_that_of_the_parts_and_says_how_many() {
    let desk = desk().await;
    let whole = bytes(PART + 10);
    let path = desk.opened.folder.path().join("file");
    std::fs::write(&path, &whole).unwrap();
    let (id, parts) = desk
        .upload("file", &path, whole.len(), Some(ChecksumAlgorithm::Sha256))
        .await;
    let done = desk
        .client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("file")
        .upload_id(&id)
        .multipart_upload(named(&parts))
        .send()
        .await
        .unwrap();
    assert!(done.checksum_sha256().unwrap().ends_with("-2"));
    assert_eq!(done.checksum_type(), Some(&ChecksumType::Composite));
    assert!(desk.read("file").await == whole);
}

#[tokio::test]
async fn of_many_who_create_the_same_key_if_absent_one_succeeds() {
    let desk = desk().await;
    let attempts = (0..8).map(|number| {
        let request = desk
            .client
            .put_object()
            .bucket(BUCKET)
            .key("once")
            .if_none_match("*")
            .body(vec![number; 1_000].into());
        tokio::spawn(async move {
            request
                .send()
                .await
                .map_err(|error| error.into_service_error().code().map(ToOwned::to_owned))
        })
    });
    let mut won = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => won += 1,
            Err(code) => assert_eq!(code.as_deref(), Some("PreconditionFailed")),
        }
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn listings_fold_folders_and_page_without_repeating_or_losing() {
    let desk = desk().await;
    let keys = [
        "a.txt",
        "photos/1.jpg",
        "photos/2.jpg",
        "photos/old/3.jpg",
        "videos/1.mp4",
        "z",
        "ä/ü & <x>.txt",
    ];
    for key in keys {
        desk.put(key, key.as_bytes()).await;
    }
    let (mut files, mut folders, mut token) = (vec![], vec![], None);
    loop {
        let page = desk
            .client
            .list_objects_v2()
            .bucket(BUCKET)
            .delimiter("/")
            .max_keys(2)
            .set_continuation_token(token)
            .send()
            .await
            .unwrap();
        files.extend(
            page.contents()
                .iter()
                .filter_map(|object| object.key().map(ToOwned::to_owned)),
        );
        folders.extend(
            page.common_prefixes()
                .iter()
                .filter_map(|prefix| prefix.prefix().map(ToOwned::to_owned)),
        );
        token = page.next_continuation_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(files, ["a.txt", "z"]);
    assert_eq!(folders, ["photos/", "videos/", "ä/"]);
    let inside = desk
        .client
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("photos/")
        .start_after("photos/1.jpg")
        .send()
        .await
        .unwrap();
    let inside: Vec<&str> = inside
        .contents()
        .iter()
        .filter_map(|object| object.key())
        .collect();
    assert_eq!(inside, ["photos/2.jpg", "photos/old/3.jpg"]);
    assert_eq!(desk.read("ä/ü & <x>.txt").await, "ä/ü & <x>.txt".as_bytes());
}

#[tokio::test]
async fn ranges_copies_metadata_and_deletions_do_what_they_say() {
    let desk = desk().await;
    let put = desk
        .client
        .put_object()
        .bucket(BUCKET)
        .key("one")
        .metadata("source", "laptop")
        .content_type("text/plain")
        .tagging("team=data&x=1%2B1");
    put.body(b"0123456789".to_vec().into())
        .send()
        .await
        .unwrap();
    let range = desk
        .client
        .get_object()
        .bucket(BUCKET)
        .key("one")
        .range("bytes=3-5")
        .send()
        .await
        .unwrap();
    assert_eq!(range.content_range(), Some("bytes 3-5/10"));
    assert_eq!(
        range.body.collect().await.unwrap().into_bytes().as_ref(),
        b"345"
    );
    let beyond = desk
        .client
        .get_object()
        .bucket(BUCKET)
        .key("one")
        .range("bytes=50-")
        .send()
        .await
        .unwrap_err();
    assert_eq!(beyond.into_service_error().code(), Some("InvalidRange"));

    let copy = |key: &str| {
        desk.client
            .copy_object()
            .bucket(BUCKET)
            .key(key)
            .copy_source(format!("{BUCKET}/one"))
    };
    copy("two").send().await.unwrap();
    copy("three")
        .metadata_directive(MetadataDirective::Replace)
        .metadata("source", "copy")
        .send()
        .await
        .unwrap();
    for (key, source) in [("two", "laptop"), ("three", "copy")] {
        let head = desk
            .client
            .head_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await
            .unwrap();
        assert_eq!(head.metadata().unwrap()["source"], source);
        assert_eq!(desk.read(key).await, b"0123456789");
    }
    let tags = desk
        .client
        .get_object_tagging()
        .bucket(BUCKET)
        .key("two")
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tag_set()[1].value(), "1+1");

    desk.client
        .delete_object()
        .bucket(BUCKET)
        .key("two")
        .send()
        .await
        .unwrap();
    desk.client
        .delete_object()
        .bucket(BUCKET)
        .key("two")
        .send()
        .await
        .unwrap();
    assert!(!desk.is_there("two").await);
    let full = desk
        .client
        .delete_bucket()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap_err();
    assert_eq!(full.into_service_error().code(), Some("BucketNotEmpty"));
    let objects = ["one", "three"].map(|key| ObjectIdentifier::builder().key(key).build().unwrap());
    let delete = Delete::builder()
        .set_objects(Some(objects.to_vec()))
        .build()
        .unwrap();
    desk.client
        .delete_objects()
        .bucket(BUCKET)
        .delete(delete)
        .send()
        .await
        .unwrap();
    desk.client
        .delete_bucket()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    assert!(
        desk.client
            .head_bucket()
            .bucket(BUCKET)
            .send()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_companys_buckets_are_there_for_their_owner_and_last_beyond_reopening() {
    let desk = desk().await;
    desk.put("kept", b"bytes").await;
    let error = desk
        .client
        .head_bucket()
        .bucket("northwind-data-lake")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.raw_response().unwrap().status().as_u16(),
        403,
        "it belongs to another account"
    );
    let mine = desk.client.list_buckets().send().await.unwrap();
    let mine: Vec<&str> = mine
        .buckets()
        .iter()
        .filter_map(|bucket| bucket.name())
        .collect();
    assert_eq!(mine, ["northwind-cloudtrail", BUCKET]);

    let Desk { opened, .. } = desk;
    drop(opened.sandbox);
    let sandbox = reopen(&opened.folder, TODAY);
    let client = Client::new(&sandbox.sdk_config());
    let kept = client
        .get_object()
        .bucket(BUCKET)
        .key("kept")
        .send()
        .await
        .unwrap();
    assert_eq!(
        kept.body.collect().await.unwrap().into_bytes().as_ref(),
        b"bytes"
    );
}

#[tokio::test]
async fn faults_of_the_network_and_the_service_are_survived_and_counted() {
    let desk = desk().await;
    let path = desk.opened.folder.path().join("file");
    let whole = bytes(300_000);
    std::fs::write(&path, &whole).unwrap();
    for fault in [
        Fault::Throttling,
        Fault::InternalError,
        Fault::ConnectionReset,
        Fault::LostAnswer,
    ] {
        desk.opened.sandbox.faults().next("s3:PutObject", fault, 2);
        let before = desk.opened.sandbox.requests().of("s3:PutObject");
        let body = ByteStream::from_path(&path).await.unwrap();
        desk.client
            .put_object()
            .bucket(BUCKET)
            .key("file")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(
            desk.opened.sandbox.requests().of("s3:PutObject") - before,
            3,
            "{fault:?}"
        );
        assert!(desk.read("file").await == whole, "{fault:?}");
    }
}

#[tokio::test]
async fn a_byte_that_changes_on_the_way_is_noticed_whatever_way_the_body_takes() {
    let desk = desk().await;
    let path = desk.opened.folder.path().join("file");
    std::fs::write(&path, bytes(300_000)).unwrap();
    let put = || desk.client.put_object().bucket(BUCKET).key("file");
    let streamed = put().body(ByteStream::from_path(&path).await.unwrap());
    let in_memory = put().body(bytes(300_000).into());
    let announced = put()
        .body(ByteStream::from_path(&path).await.unwrap())
        .checksum_crc64_nvme(crc64(&bytes(300_000)));
    for request in [streamed, in_memory, announced] {
        desk.opened
            .sandbox
            .faults()
            .next("s3:PutObject", Fault::CorruptedBody, 3);
        let before = desk.opened.sandbox.requests().of("s3:PutObject");
        let error = request.send().await.unwrap_err().into_service_error();
        let code = error.code().unwrap_or_default();
        assert!(
            ["BadDigest", "XAmzContentSHA256Mismatch"].contains(&code),
            "{error:?}"
        );
        assert_eq!(
            desk.opened.sandbox.requests().of("s3:PutObject") - before,
            1,
            "it is not tried again blindly"
        );
        assert!(!desk.is_there("file").await, "nothing is published");
        desk.opened.sandbox.faults().clear();
    }
}

#[tokio::test]
async fn what_s3_has_and_the_sandbox_has_not_is_said() {
    let desk = desk().await;
    let error = desk
        .client
        .get_bucket_versioning()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("NotImplementedInSandbox"));
    let locked = desk
        .client
        .put_object()
        .bucket(BUCKET)
        .key("k")
        .object_lock_legal_hold_status(aws_sdk_s3::types::ObjectLockLegalHoldStatus::On);
    let error = locked
        .body(b"x".to_vec().into())
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(
        error.code(),
        Some("InvalidRequest"),
        "not silently accepted"
    );
    for key in ["../up", "a/../../b"] {
        let error = desk
            .client
            .put_object()
            .bucket(BUCKET)
            .key(key)
            .body(b"x".to_vec().into())
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            error.into_service_error().code(),
            Some("InvalidRequest"),
            "{key}"
        );
    }
}
