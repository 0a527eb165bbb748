//! What was interrupted goes on where it was, and only if the file is still what it was.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use tallyport_ledger::transfer::{FileState, OnClash, TransferState};
use tallyport_sandbox::Fault;
use tallyport_store::TransferId;

use crate::desk::{Desk, bytes, desk, engine};

const MIB: usize = 1 << 20;

/// Runs a transfer until so many parts are noted, then ends it as a crash would: without a word.
async fn crash_after(desk: &Desk, id: TransferId, parts: usize) {
    let before = desk.asked("s3:UploadPart");
    // The rest of the parts does not come through, so that the crash is where it is meant to be.
    let config = desk.sandbox.sdk_config();
    let (crashing, store) = (engine(&desk.store), desk.store.clone());
    let run = tokio::spawn(async move { crashing.run(id, &config, "crash", |_| {}).await });
    loop {
        tokio::time::sleep(Duration::from_millis(2)).await;
        let noted = store.read(move |ledger| {
            let rows = ledger.transfer_files(id, Some(FileState::Underway), None, 1)?;
            rows.first()
                .map_or(Ok(0), |row| Ok(ledger.transfer_parts(row.id)?.len()))
        });
        let noted: Result<usize, tallyport_store::StoreError> = noted.await;
        if noted.unwrap() >= parts {
            break;
        }
        assert!(!run.is_finished(), "it ended before the crash");
    }
    run.abort();
    drop(run.await);
    assert!(desk.asked("s3:UploadPart") > before);
}

/// An edit of the same size, which neither size nor time betrays.
fn edit_unseen(path: &Path) {
    let before = std::fs::metadata(path).unwrap().modified().unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.write_all(b"other").unwrap();
    file.set_modified(before).unwrap();
}

async fn half_sent(desk: &Desk, size: usize) -> (TransferId, std::path::PathBuf) {
    let path = desk.file("large", &bytes(size, 1));
    let id = desk.begin(std::slice::from_ref(&path), OnClash::Ask).await;
    desk.engine.limit(id, Some(20_000_000)).await.unwrap();
    crash_after(desk, id, 2).await;
    desk.engine.limit(id, None).await.unwrap();
    (id, path)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_only_what_had_not_arrived_is_sent() {
    let desk = desk().await;
    let (id, _) = half_sent(&desk, 60 * MIB).await;
    assert_eq!(desk.left_over().await, 1);
    let before = desk.asked("s3:UploadPart");
    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Done, "{ended:?}");
    assert!(desk.stored("tenant/large").await == Some(bytes(60 * MIB, 1)));
    let again = desk.asked("s3:UploadPart") - before;
    assert!(
        again <= 6,
        "two of eight parts had arrived, {again} were sent"
    );
    assert_eq!(desk.asked("s3:CreateMultipartUpload"), 1);
    assert_eq!(desk.left_over().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_longer_what_it_was_leaves_neither_object_nor_parts() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 5] = [
        ("appended", |path| {
            let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
            file.write_all(b"more").unwrap();
        }),
        ("truncated", |path| {
            let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(30 << 20).unwrap();
        }),
        ("edited", |path| {
            let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            file.write_all(b"other").unwrap();
        }),
        ("edited, and its time put back", edit_unseen),
        ("replaced", |path| {
            std::fs::remove_file(path).unwrap();
            std::fs::write(path, bytes(40 << 20, 9)).unwrap();
        }),
    ];
    for (name, change) in changes {
        let desk = desk().await;
        let (id, path) = half_sent(&desk, 40 * MIB).await;
        change(&path);
        let ended = desk.run(id).await;
        assert_eq!(ended.state, TransferState::Failed, "{name}: {ended:?}");
        assert_eq!(
            desk.problems(id, FileState::Failed).await,
            [(String::new(), "transfer.changed".to_owned())]
        );
        assert_eq!(desk.stored("tenant/large").await, None, "{name}");
        assert_eq!(desk.left_over().await, 0, "{name}");
        // Tried again on purpose, it goes as it is now.
        desk.engine.retry(id, None).await.unwrap();
        assert_eq!(desk.run(id).await.state, TransferState::Done, "{name}");
        assert!(desk.stored("tenant/large").await == Some(std::fs::read(&path).unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_while_it_waited_for_its_turn_is_sent_only_when_somebody_says_so() {
    let desk = desk().await;
    let names = ["a", "b", "c"];
    for (seed, name) in (1..).zip(names) {
        desk.file(&format!("drop/{name}"), &bytes(5_000, seed));
    }
    let folder = desk.folder.path().join("here/drop");
    let id = desk
        .begin(std::slice::from_ref(&folder), OnClash::Ask)
        .await;
    // Found, and then nothing comes through until the program ends.
    let (waiting, config) = (engine(&desk.store), desk.sandbox.sdk_config());
    desk.sandbox
        .faults()
        .next("s3:PutObject", Fault::InternalError, 1_000);
    let run = tokio::spawn(async move { waiting.run(id, &config, "crash", |_| {}).await });
    while desk.files(id, FileState::Waiting).await.len() < names.len() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    run.abort();
    drop(run.await);
    // What was being asked at that moment is answered before the faults are gone: it would come through.
    tokio::time::sleep(Duration::from_millis(500)).await;
    desk.sandbox.faults().clear();
    edit_unseen(&folder.join("b"));
    std::fs::write(folder.join("c"), "longer by far, and later").unwrap();

    let ended = desk.run(id).await;
    assert_eq!((ended.files_done, ended.files_failed), (1, 2), "{ended:?}");
    let changed = |name: &str| (name.to_owned(), "transfer.changed".to_owned());
    let mut told = desk.problems(id, FileState::Failed).await;
    told.sort();
    assert_eq!(told, [changed("b"), changed("c")]);
    assert_eq!(desk.keys().await, ["tenant/drop/a"]);

    let failed = desk.files(id, FileState::Failed).await;
    let only = failed.iter().find(|file| file.path == "b").unwrap().id;
    assert_eq!(desk.engine.retry(id, Some(only)).await.unwrap(), 1);
    let ended = desk.run(id).await;
    assert_eq!((ended.files_done, ended.files_failed), (2, 1), "{ended:?}");
    assert_eq!(desk.engine.retry(id, None).await.unwrap(), 1);
    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Done, "{ended:?}");
    for name in names {
        let here = std::fs::read(folder.join(name)).unwrap();
        assert!(desk.stored(&format!("tenant/drop/{name}")).await == Some(here));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_arrived_unnoticed_and_was_changed_since_is_replaced_only_when_somebody_says_so()
 {
    let desk = desk().await;
    let path = desk.file("a", b"as it was");
    let id = desk.begin(std::slice::from_ref(&path), OnClash::Skip).await;
    let (crashing, config) = (engine(&desk.store), desk.sandbox.sdk_config());
    desk.sandbox
        .faults()
        .next("s3:PutObject", Fault::LostAnswer, 1_000);
    let run = tokio::spawn(async move { crashing.run(id, &config, "crash", |_| {}).await });
    while desk.keys().await.is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    run.abort();
    drop(run.await);
    desk.sandbox.faults().clear();
    std::fs::write(&path, b"as it is now").unwrap();

    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Failed, "{ended:?}");
    let failed = desk.files(id, FileState::Failed).await;
    let (code, said) = failed[0].problem.clone().unwrap();
    assert_eq!(code, "transfer.changed");
    assert!(said.contains("what is in the bucket"), "{said}");
    assert_eq!(desk.stored("tenant/a").await, Some(b"as it was".to_vec()));
    desk.engine.retry(id, None).await.unwrap();
    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Done, "{ended:?}");
    assert_eq!(
        desk.stored("tenant/a").await,
        Some(b"as it is now".to_vec())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_keeps_what_arrived_and_a_cancel_leaves_nothing_behind() {
    let desk = desk().await;
    let (id, _) = half_sent(&desk, 40 * MIB).await;
    desk.engine.pause(id).await.unwrap();
    assert_eq!(desk.run(id).await.state, TransferState::Paused);
    assert_eq!(desk.left_over().await, 1, "what arrived is kept");
    desk.engine.resume(id).await.unwrap();
    desk.engine.cancel(id).await.unwrap();
    let ended = desk.run(id).await;
    assert_eq!(ended.state, TransferState::Cancelled);
    assert_eq!((desk.left_over().await, desk.keys().await.len()), (0, 0));
    assert_eq!(desk.files(id, FileState::Cancelled).await.len(), 1);
    assert_eq!(
        desk.run(id).await.state,
        TransferState::Cancelled,
        "it stays so"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_while_it_runs_ends_it_and_clears_up() {
    let desk = desk().await;
    let path = desk.file("large", &bytes(40 * MIB, 1));
    let id = desk.begin(&[path], OnClash::Ask).await;
    desk.engine.limit(id, Some(4_000_000)).await.unwrap();
    let (other, cancelled) = (engine(&desk.store), tokio::time::Instant::now());
    let (ended, ()) = tokio::join!(desk.run(id), async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        other.cancel(id).await.unwrap();
    });
    assert_eq!(ended.state, TransferState::Cancelled);
    assert!(cancelled.elapsed() < Duration::from_secs(8));
    assert_eq!((desk.left_over().await, desk.keys().await.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_the_last_question_is_found_out() {
    let desk = desk().await;
    let path = desk.file("large", &bytes(20 * MIB, 1));
    desk.sandbox
        .faults()
        .next("s3:CompleteMultipartUpload", Fault::LostAnswer, 1);
    let (id, ended) = desk.send(&[path], OnClash::Ask).await;
    assert_eq!(ended.state, TransferState::Done);
    assert_eq!(desk.asked("s3:UploadPart"), 3, "nothing is sent twice");
    assert_eq!(desk.receipts(id).await[0].remark, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_interrupted_again_and_again_ends_with_a_receipt_for_each_file() {
    let desk = desk().await;
    for number in 0..400_u64 {
        desk.file(
            &format!("drop/{}/{number}", number % 7),
            &bytes(2_000, number),
        );
    }
    let id = desk
        .begin(&[desk.folder.path().join("here/drop")], OnClash::Ask)
        .await;
    for wait in [5, 40, 60, 80] {
        let (engine, config) = (engine(&desk.store), desk.sandbox.sdk_config());
        let run = tokio::spawn(async move { engine.run(id, &config, "crash", |_| {}).await });
        tokio::time::sleep(Duration::from_millis(wait)).await;
        run.abort();
        drop(run.await);
    }
    let ended = desk.run(id).await;
    assert_eq!(
        (ended.state, ended.files_done),
        (TransferState::Done, 400),
        "{ended:?}"
    );
    assert_eq!(
        (desk.receipts(id).await.len(), desk.keys().await.len()),
        (400, 400)
    );
}
