//! Objects come here whole, never outside the folder, and never in place of something else unasked.

use std::fs;

use tallyport_ledger::transfer::{FileState, OnClash, TransferState};
use tallyport_sandbox::Fault;
use tallyport_transfer::{Recheck, Rechecker, Wanted};

use crate::desk::{BUCKET, bytes, desk, engine};

const MIB: usize = 1 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_comes_with_its_name_and_whatever_lies_in_it() {
    let desk = desk().await;
    desk.put("tenant/reports/a.txt", b"a").await;
    desk.put("tenant/reports/2026/b.bin", &bytes(20 * MIB, 3))
        .await;
    desk.put("tenant/reports/empty", b"").await;
    desk.put("tenant/other", b"not wanted").await;
    let wanted = [Wanted::Folder("tenant/reports/".to_owned())];
    let id = desk.fetch(&wanted, "into", OnClash::Ask).await;
    let ended = desk.run(id).await;
    assert_eq!(
        (ended.state, ended.files_done),
        (TransferState::Done, 3),
        "{ended:?}"
    );
    let into = desk.folder.path().join("into");
    assert_eq!(fs::read(into.join("reports/a.txt")).unwrap(), b"a");
    assert!(fs::read(into.join("reports/2026/b.bin")).unwrap() == bytes(20 * MIB, 3));
    assert_eq!(fs::read(into.join("reports/empty")).unwrap(), b"");
    assert_eq!(
        fs::read_dir(into.join("reports")).unwrap().count(),
        3,
        "nothing is left beside"
    );
    for receipt in desk.receipts(id).await {
        let told = Rechecker::new(&desk.sandbox.sdk_config(), BUCKET, None)
            .check(&receipt)
            .await;
        assert!(
            matches!(told, Recheck::Same | Recheck::Unknown { .. }),
            "{told:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_leads_out_of_the_folder() {
    let desk = desk().await;
    let keys = [
        "tenant/a/x/../../../escaped",
        "tenant/a/.ssh/keys",
        "tenant/a/C:\\x",
        "tenant/a/con",
    ];
    for key in keys {
        desk.put(key, b"x").await;
    }
    let wanted = [Wanted::Folder("tenant/a/".to_owned())];
    let id = desk.fetch(&wanted, "deep/into", OnClash::Ask).await;
    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Done, "{ended:?}");
    let deep = desk.folder.path().join("deep");
    assert_eq!(fs::read_dir(&deep).unwrap().count(), 1);
    assert!(!desk.folder.path().join("escaped").exists() && !deep.join("escaped").exists());
    assert!(deep.join("into/a/%63on").exists());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_the_folder_is_not_followed() {
    let desk = desk().await;
    desk.put("tenant/a/b/file", b"x").await;
    let outside = desk.folder.path().join("outside");
    fs::create_dir_all(desk.folder.path().join("into/a")).unwrap();
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, desk.folder.path().join("into/a/b")).unwrap();
    let id = desk
        .fetch(
            &[Wanted::Folder("tenant/a/".to_owned())],
            "into",
            OnClash::Replace,
        )
        .await;
    let ended = desk.run(id).await;
    assert_eq!(
        (ended.state, ended.files_failed),
        (TransferState::Failed, 1)
    );
    assert_eq!(
        desk.problems(id, FileState::Failed).await[0].1,
        "transfer.outside"
    );
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_there_is_kept_replaced_or_gets_a_neighbour_as_was_said() {
    for answer in [
        OnClash::Ask,
        OnClash::Skip,
        OnClash::Replace,
        OnClash::KeepBoth,
    ] {
        let desk = desk().await;
        desk.put("tenant/a.txt", b"theirs").await;
        let into = desk.folder.path().join("into");
        fs::create_dir(&into).unwrap();
        fs::write(into.join("a.txt"), b"mine").unwrap();
        let wanted = [Wanted::File("tenant/a.txt".to_owned())];
        let id = desk.fetch(&wanted, "into", answer).await;
        let ended = desk.run(id).await;
        let (here, beside) = (
            fs::read(into.join("a.txt")).unwrap(),
            fs::read(into.join("a (2).txt")).ok(),
        );
        match answer {
            OnClash::Ask => assert_eq!((ended.clashes, here.as_slice()), (1, &b"mine"[..])),
            OnClash::Skip => assert_eq!((ended.files_skipped, here.as_slice()), (1, &b"mine"[..])),
            OnClash::Replace => assert_eq!(here, b"theirs"),
            OnClash::KeepBoth => assert_eq!(
                (here.as_slice(), beside),
                (&b"mine"[..], Some(b"theirs".to_vec()))
            ),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fetch_goes_on_where_it_was_and_what_broke_here_is_fetched_again() {
    let desk = desk().await;
    let sent = desk.file("large", &bytes(40 * MIB, 5));
    desk.send(&[sent], OnClash::Ask).await;
    let wanted = [Wanted::File("tenant/large".to_owned())];
    let id = desk.fetch(&wanted, "into", OnClash::Ask).await;
    let (config, crashing) = (desk.sandbox.sdk_config(), engine(&desk.store));
    desk.engine.limit(id, Some(20_000_000)).await.unwrap();
    let run = tokio::spawn(async move { crashing.run(id, &config, "crash", |_| {}).await });
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    run.abort();
    drop(run.await);
    desk.engine.limit(id, None).await.unwrap();
    let before = desk.asked("s3:GetObject");
    desk.sandbox
        .faults()
        .next("s3:GetObject", Fault::ConnectionReset, 1);
    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Done, "{ended:?}");
    let again = desk.asked("s3:GetObject") - before;
    assert!(
        again <= 5,
        "of five parts some had arrived, {again} were asked for"
    );
    let here = desk.folder.path().join("into/large");
    assert!(fs::read(here).unwrap() == bytes(40 * MIB, 5));
    assert_eq!(
        fs::read_dir(desk.folder.path().join("into"))
            .unwrap()
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_receipt_proves_can_be_asked_again_without_fetching() {
    let desk = desk().await;
    let path = desk.file("a", b"as it was");
    let (id, _) = desk.send(&[path], OnClash::Ask).await;
    let rechecker = Rechecker::new(&desk.sandbox.sdk_config(), BUCKET, None);
    let receipts = desk.receipts(id).await;
    assert_eq!(rechecker.check(&receipts[0]).await, Recheck::Same);
    desk.put("tenant/a", b"as it is!").await;
    let told = rechecker.check(&receipts[0]).await;
    assert!(matches!(told, Recheck::Different { .. }), "{told:?}");
    let gone = desk.client.delete_object().bucket(BUCKET).key("tenant/a");
    gone.send().await.unwrap();
    assert_eq!(rechecker.check(&receipts[0]).await, Recheck::Gone);
    assert_eq!(desk.asked("s3:GetObject"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_and_is_kept_as_a_version_is_told_from_what_is_there_now() {
    let desk = desk().await;
    desk.keep_versions().await;
    let path = desk.file("a", b"as it was");
    let (id, _) = desk.send(&[path], OnClash::Ask).await;
    let rechecker = Rechecker::new(&desk.sandbox.sdk_config(), BUCKET, None);
    let receipts = desk.receipts(id).await;
    assert_eq!(rechecker.check(&receipts[0]).await, Recheck::Same);
    desk.put("tenant/a", b"as it is!").await;
    let (word, what) = (rechecker.check(&receipts[0]).await, "something newer");
    assert!(
        matches!(&word, Recheck::Superseded { how } if how.contains(what)),
        "{word:?}"
    );
    let delete = desk.client.delete_object().bucket(BUCKET).key("tenant/a");
    delete.send().await.unwrap();
    let (word, what) = (rechecker.check(&receipts[0]).await, "deleted");
    assert!(
        matches!(&word, Recheck::Superseded { how } if how.contains(what)),
        "{word:?}"
    );
    let version = receipts[0].version.clone().unwrap();
    let delete = desk.client.delete_object().bucket(BUCKET).key("tenant/a");
    delete.version_id(version).send().await.unwrap();
    assert_eq!(rechecker.check(&receipts[0]).await, Recheck::Gone);
}
