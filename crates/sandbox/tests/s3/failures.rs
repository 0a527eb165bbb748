//! What breaks on the way, and what is not there.

use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::primitives::ByteStream;
use tallyport_sandbox::Fault;

use crate::desk::{BUCKET, bytes, client_of, crc64, desk};
use crate::support::{TODAY, reopen};

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
        .get_bucket_replication()
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_that_write_one_object_at_once_leave_one_of_them_whole() {
    let first = desk().await;
    // Another program on the same folder: it knows nothing of what the first one is about to remove.
    let other = reopen(&first.opened.folder, TODAY);
    let clients = [first.client.clone(), client_of(&other)];
    for round in 0..40 {
        let writers = clients.clone().map(|client| {
            tokio::spawn(async move {
                for _ in 0..8 {
                    let put = client.put_object().bucket(BUCKET).key("file");
                    put.body(bytes(2_000).into()).send().await.unwrap();
                }
            })
        });
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(first.read("file").await == bytes(2_000), "round {round}");
    }
}
