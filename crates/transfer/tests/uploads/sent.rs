//! Files arrive whole, with a receipt, or say why not.

use std::time::Duration;

use tallyport_ledger::transfer::{FileState, OnClash, TransferState};
use tallyport_sandbox::Fault;

use crate::desk::{bytes, desk, patient};

const MIB: usize = 1 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn files_of_every_size_arrive_and_have_a_receipt_that_fits() {
    let desk = desk().await;
    let sizes = [
        0,
        1,
        16 << 10,
        256 << 10,
        (256 << 10) + 1,
        3 * MIB,
        16 * MIB,
        16 * MIB + 1,
        26 * MIB + 5,
    ];
    for (seed, size) in (1..).zip(sizes) {
        desk.file(&format!("drop/{size}.bin"), &bytes(size, seed));
    }
    let (id, ended) = desk
        .send(&[desk.folder.path().join("here/drop")], OnClash::Ask)
        .await;
    assert_eq!(
        (ended.state, ended.files_done),
        (TransferState::Done, 9),
        "{ended:?}"
    );
    assert_eq!(
        ended.bytes,
        sizes.iter().map(|size| *size as u64).sum::<u64>()
    );
    let receipts = desk.receipts(id).await;
    for (seed, size) in (1..).zip(sizes) {
        let content = bytes(size, seed);
        let key = format!("tenant/drop/{size}.bin");
        assert!(
            desk.stored(&key).await == Some(content.clone()),
            "{key} is what was sent"
        );
        let receipt = receipts.iter().find(|receipt| receipt.key == key).unwrap();
        assert_eq!(receipt.bytes, size as u64);
        assert_eq!(receipt.crc64nvme, crc64(&content));
        assert_eq!(receipt.sha256, sha256(&content));
    }
    assert_eq!(desk.left_over().await, 0);
    assert_eq!(
        desk.asked("s3:CreateMultipartUpload"),
        2,
        "only what is large goes in parts"
    );
}

fn crc64(content: &[u8]) -> String {
    use base64::Engine as _;
    let crc = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, content);
    base64::engine::general_purpose::STANDARD.encode(crc.to_be_bytes())
}

fn sha256(content: &[u8]) -> String {
    use sha2::Digest as _;
    let hash = sha2::Sha256::digest(content);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_on_the_way_is_tried_again_and_arrives_once() {
    for fault in [
        Fault::Throttling,
        Fault::InternalError,
        Fault::ConnectionReset,
        Fault::LostAnswer,
        Fault::CorruptedBody,
    ] {
        let desk = desk().await;
        let small = desk.file("small", &bytes(9_000, 1));
        let large = desk.file("large", &bytes(18 * MIB, 2));
        for operation in [
            "s3:PutObject",
            "s3:CreateMultipartUpload",
            "s3:UploadPart",
            "s3:CompleteMultipartUpload",
        ] {
            let has_body = matches!(operation, "s3:PutObject" | "s3:UploadPart");
            if fault != Fault::CorruptedBody || has_body {
                desk.sandbox.faults().next(operation, fault, 1);
            }
        }
        let (id, ended) = desk.send(&[small, large], OnClash::Ask).await;
        assert_eq!(ended.state, TransferState::Done, "{fault:?}: {ended:?}");
        assert_eq!(desk.receipts(id).await.len(), 2);
        assert!(desk.stored("tenant/small").await == Some(bytes(9_000, 1)));
        assert!(desk.stored("tenant/large").await == Some(bytes(18 * MIB, 2)));
        assert_eq!(desk.keys().await, ["tenant/large", "tenant/small"]);
        assert_eq!(desk.left_over().await, 0, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_done_is_said_by_the_name_of_the_permission() {
    let desk = desk().await;
    let path = desk.file("report.pdf", b"report");
    desk.sandbox
        .faults()
        .next("s3:PutObject", Fault::AccessDenied, 9);
    let (id, ended) = desk.send(&[path], OnClash::Ask).await;
    assert_eq!(
        (ended.state, ended.files_failed),
        (TransferState::Failed, 1)
    );
    let failed = desk.files(id, FileState::Failed).await;
    let (code, said) = failed[0].problem.clone().unwrap();
    assert_eq!(code, "transfer.denied");
    assert!(said.contains("s3:PutObject"), "{said}");

    desk.sandbox.faults().clear();
    desk.engine.retry(id, None).await.unwrap();
    let ended = desk.run(id).await;
    assert_eq!((ended.state, ended.files_done), (TransferState::Done, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_not_there_stops_everything_at_once() {
    let desk = desk().await;
    for number in 0..40 {
        desk.file(&format!("drop/{number}"), b"x");
    }
    desk.client
        .delete_bucket()
        .bucket(crate::desk::BUCKET)
        .send()
        .await
        .unwrap();
    let (_, ended) = desk
        .send(&[desk.folder.path().join("here/drop")], OnClash::Ask)
        .await;
    assert_eq!(ended.state, TransferState::Paused);
    assert_eq!(ended.reason.unwrap().code, "transfer.no_bucket");
    assert_eq!(ended.files_failed, 0, "nothing is wrong with the files");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_become_one_key_are_told_and_the_first_is_sent() {
    let desk = desk().await;
    desk.file("drop/u\u{308}ber", b"apart");
    desk.file("drop/\u{fc}ber", b"composed");
    let (id, ended) = desk
        .send(&[desk.folder.path().join("here/drop")], OnClash::Ask)
        .await;
    assert_eq!((ended.files_done, ended.files_skipped), (1, 1));
    assert_eq!(
        desk.problems(id, FileState::Skipped).await[0].1,
        "transfer.same_name"
    );
    assert_eq!(desk.keys().await, ["tenant/drop/\u{fc}ber"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_out_of_reach_for_too_long_is_waited_for_with_all_that_arrived() {
    let mut desk = desk().await;
    desk.engine = patient(&desk.store, Duration::from_millis(600));
    let large = desk.file("drop/large", &bytes(40 * MIB, 1));
    desk.file("drop/small", &bytes(100, 2));
    let faults = desk.sandbox.faults();
    faults.rate("*", Fault::ConnectionReset, 100, 1);
    let (id, ended) = desk
        .send(&[large.parent().unwrap().to_owned()], OnClash::Ask)
        .await;
    assert_eq!(ended.state, TransferState::Paused, "{ended:?}");
    assert_eq!(ended.reason.unwrap().code, "transfer.unreachable");
    assert_eq!(ended.files_failed, 0, "nothing is wrong with the files");
    faults.clear();
    desk.engine.resume(id).await.unwrap();
    let ended = desk.run(id).await;
    assert_eq!((ended.state, ended.files_done), (TransferState::Done, 2));
    assert_eq!(desk.left_over().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_by_a_day_is_corrected_by_the_word_of_the_store() {
    for hours in [-25, 25] {
        let desk = desk().await;
        let sources = [
            desk.file("small", &bytes(100, 1)),
            desk.file("large", &bytes(17 * MIB, 2)),
        ];
        let id = desk.begin(&sources, OnClash::Ask).await;
        let theirs = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
        let theirs = theirs.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        desk.sandbox.set_clock(Some(theirs));
        let ended = desk.run(id).await;
        desk.sandbox.set_clock(None);
        assert_eq!(
            (ended.state, ended.files_done),
            (TransferState::Done, 2),
            "{ended:?}"
        );
    }
}
