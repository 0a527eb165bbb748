//! Objects and buckets.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumMode, Delete, MetadataDirective, ObjectIdentifier,
};

use crate::desk::{BUCKET, Desk, crc64, desk};
use crate::support::{TODAY, reopen};

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
    assert_eq!(mine, ["northwind-billing", "northwind-cloudtrail", BUCKET]);

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
async fn a_bucket_that_is_asked_in_another_region_says_where_it_is() {
    let desk = desk().await;
    let constraint = aws_sdk_s3::types::CreateBucketConfiguration::builder()
        .location_constraint("eu-central-1".into())
        .build();
    let made = desk.client.create_bucket().bucket("northwind-elsewhere");
    made.create_bucket_configuration(constraint)
        .send()
        .await
        .unwrap();
    let refused = desk
        .client
        .head_bucket()
        .bucket("northwind-elsewhere")
        .send()
        .await;
    let refused = refused.unwrap_err();
    let answer = refused.raw_response().unwrap();
    assert_eq!(answer.status().as_u16(), 301);
    assert_eq!(
        answer.headers().get("x-amz-bucket-region"),
        Some("eu-central-1")
    );
    let listed = desk
        .client
        .list_objects_v2()
        .bucket("northwind-elsewhere")
        .send()
        .await;
    let error = listed.unwrap_err().into_service_error();
    assert_eq!(error.meta().code(), Some("PermanentRedirect"));

    let there = desk.opened.sandbox.sdk_config().to_builder();
    let there = there
        .region(aws_config::Region::new("eu-central-1"))
        .build();
    let there = Client::new(&there);
    assert!(
        there
            .head_bucket()
            .bucket("northwind-elsewhere")
            .send()
            .await
            .is_ok()
    );
}
