//! A backup is taken while others write, holds one moment whole, and says when it does not.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod shelf;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use shelf::{Dice, count, create, fill, key, note, totals};
use tallyport_store::{BackupFacts, Store, StoreError, read_backup_keys, restore_backup};

async fn back_up(store: &Store, target: &Path) -> Result<BackupFacts, StoreError> {
    let (store, target) = (store.clone(), target.to_owned());
    tokio::task::spawn_blocking(move || {
        store.backup_to(&target, &mut |_| ControlFlow::Continue(()))
    })
    .await
    .unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a write waits is what is measured"
)]
fn moment() -> Instant {
    Instant::now()
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_under_load_restore_equal_and_do_not_hold_writers_up() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 300).await;
    let stop = Arc::new(AtomicBool::new(false));
    let (writing, stopped) = (store.clone(), Arc::clone(&stop));
    let writer = tokio::spawn(async move {
        let mut waits = Vec::new();
        while !stopped.load(Ordering::SeqCst) {
            let begun = moment();
            writing.write(|w| note(w, 1)).await.unwrap();
            waits.push(begun.elapsed());
            tokio::time::sleep(Duration::from_millis(8)).await;
        }
        waits
    });
    let rounds = count("TALLYPORT_BACKUPS", 5);
    for round in 0..rounds {
        let target = folder.path().join(format!("{round}.tallybackup"));
        let before = store.read(|r| r.audit_head()).await.unwrap().number;
        let facts = back_up(&store, &target).await.unwrap();
        let after = store.read(|r| r.audit_head()).await.unwrap().number;
        assert_eq!(std::fs::metadata(&target).unwrap().len(), facts.bytes);
        let copy = folder.path().join("restored.tally");
        let restored = restore_backup(&target, &copy, &key()).unwrap();
        assert_eq!(restored.fingerprint, facts.fingerprint, "round {round}");
        let opened = Store::open(&copy, &key()).unwrap();
        assert_eq!(
            totals(&opened).await.unwrap(),
            totals(&store).await.unwrap()
        );
        let held = opened.read(|r| r.audit_head()).await.unwrap().number;
        assert!((before..=after).contains(&held), "{before} {held} {after}");
        drop(opened);
        std::fs::remove_file(copy).unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    let mut waits = writer.await.unwrap();
    waits.sort_unstable();
    let at = |share: usize| waits[(waits.len() - 1) * share / 100];
    println!(
        "{rounds} backups, {} writes: median {:?}, 99 % {:?}, longest {:?}",
        waits.len(),
        at(50),
        at(99),
        at(100)
    );
    // A machine that also compiles may stall any single write; a lock would stall many.
    assert!(
        at(95) <= Duration::from_millis(100),
        "writers were held up: {:?}",
        at(95)
    );
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".rows") || name.contains(".part") || name.contains(".proof"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 5).await;
    let target = folder.path().join("a.tallybackup");
    back_up(&store, &target).await.unwrap();
    let whole = std::fs::read(&target).unwrap();
    let damaged = folder.path().join("b.tallybackup");
    let copy = folder.path().join("restored.tally");
    let mut dice = Dice(4242);
    for round in 0..count("TALLYPORT_DAMAGED_BACKUPS", 30) {
        let mut bytes = whole.clone();
        let at = usize::try_from(dice.roll(u64::try_from(bytes.len()).unwrap())).unwrap();
        match round % 3 {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << (round % 8),
            _ => bytes.push(0),
        }
        std::fs::write(&damaged, &bytes).unwrap();
        let outcome = restore_backup(&damaged, &copy, &key());
        assert!(
            matches!(
                outcome,
                Err(StoreError::BadBackup { .. } | StoreError::Newer { .. } | StoreError::Keys(_))
            ),
            "round {round}, byte {at}: {outcome:?}"
        );
        assert!(!copy.exists(), "a damaged backup was restored");
    }
    assert!(!folder.path().join("restored.tally.restoring").exists());
    let wrong = tallyport_store::DataKey::from_bytes([1; 32]);
    let outcome = restore_backup(&target, &copy, &wrong);
    assert!(matches!(outcome, Err(StoreError::WrongKey)), "{outcome:?}");
    assert!(read_backup_keys(&target).unwrap().fits(&key()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_backup_leaves_no_file_and_none_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 5).await;
    let target = folder.path().join("a.tallybackup");
    let (again, at) = (store.clone(), target.clone());
    let cancelled =
        tokio::task::spawn_blocking(move || again.backup_to(&at, &mut |_| ControlFlow::Break(())))
            .await
            .unwrap();
    assert!(matches!(cancelled, Err(StoreError::Cancelled)));
    assert!(!target.exists());
    back_up(&store, &target).await.unwrap();
    let twice = back_up(&store, &target).await;
    assert!(matches!(twice, Err(StoreError::Exists(_))));
    let over = restore_backup(&target, &store.path(), &key());
    assert!(
        matches!(over, Err(StoreError::Exists(_))),
        "a workspace was overwritten"
    );
}
