//! Nothing is overwritten unasked.

use tallyport_ledger::transfer::{OnClash, TransferState};

use crate::desk::{bytes, desk};

const LARGE: usize = 17 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_to_a_clash_does_what_it_says_for_small_and_large_files() {
    for size in [100, LARGE] {
        for answer in [
            OnClash::Ask,
            OnClash::Skip,
            OnClash::Replace,
            OnClash::KeepBoth,
        ] {
            let desk = desk().await;
            let path = desk.file("a.bin", &bytes(size, 1));
            desk.put("tenant/a.bin", b"theirs").await;
            let (id, ended) = desk.send(&[path], answer).await;
            let there = desk.stored("tenant/a.bin").await.unwrap();
            let beside = desk.stored("tenant/a (2).bin").await;
            match answer {
                OnClash::Ask => {
                    assert_eq!((ended.state, ended.clashes), (TransferState::Paused, 1));
                    assert_eq!((there, beside), (b"theirs".to_vec(), None));
                    desk.engine
                        .settle(id, OnClash::Replace, None)
                        .await
                        .unwrap();
                    assert_eq!(desk.run(id).await.state, TransferState::Done);
                    assert!(desk.stored("tenant/a.bin").await == Some(bytes(size, 1)));
                }
                OnClash::Skip => {
                    assert_eq!((ended.state, ended.files_skipped), (TransferState::Done, 1));
                    assert_eq!((there, beside), (b"theirs".to_vec(), None));
                }
                OnClash::Replace => {
                    assert_eq!(ended.state, TransferState::Done);
                    assert!(there == bytes(size, 1) && beside.is_none());
                }
                OnClash::KeepBoth => {
                    assert_eq!(ended.state, TransferState::Done);
                    assert_eq!(there, b"theirs");
                    assert!(beside == Some(bytes(size, 1)));
                    assert_eq!(desk.receipts(id).await[0].key, "tenant/a (2).bin");
                }
            }
            assert_eq!(desk.left_over().await, 0, "{answer} at {size}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_are_no_clash_and_are_not_sent_again() {
    let desk = desk().await;
    let sources = [
        desk.file("small", &bytes(5_000, 1)),
        desk.file("large", &bytes(LARGE, 2)),
    ];
    desk.send(&sources, OnClash::Ask).await;
    let parts = desk.asked("s3:UploadPart");
    let (id, ended) = desk.send(&sources, OnClash::Ask).await;
    assert_eq!((ended.state, ended.files_done), (TransferState::Done, 2));
    assert_eq!(desk.asked("s3:UploadPart"), parts);
    let remarks = desk
        .receipts(id)
        .await
        .into_iter()
        .map(|receipt| receipt.remark);
    assert!(remarks.into_iter().all(|remark| remark.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_after_it_was_seen_is_not_replaced() {
    let desk = desk().await;
    let path = desk.file("a.bin", &bytes(100, 1));
    desk.put("tenant/a.bin", b"theirs").await;
    let (id, _) = desk.send(&[path], OnClash::Ask).await;
    desk.put("tenant/a.bin", b"theirs, newer").await;
    desk.engine
        .settle(id, OnClash::Replace, None)
        .await
        .unwrap();
    let ended = desk.run(id).await;
    assert_eq!((ended.state, ended.clashes), (TransferState::Paused, 1));
    assert_eq!(desk.stored("tenant/a.bin").await.unwrap(), b"theirs, newer");
    // Asked about what is there now, the answer holds.
    desk.engine
        .settle(id, OnClash::Replace, None)
        .await
        .unwrap();
    assert_eq!(desk.run(id).await.state, TransferState::Done);
    assert!(desk.stored("tenant/a.bin").await == Some(bytes(100, 1)));
}
