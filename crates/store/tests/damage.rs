//! A workspace file that was damaged never shows a wrong figure without a word.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod shelf;

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use shelf::{Dice, copy, count, create, fill, key, note, totals};
use tallyport_store::{Store, StoreError};

/// What an opened file shows, or why it shows nothing.
async fn shown(path: &Path) -> Result<String, StoreError> {
    let (at, key) = (path.to_owned(), key());
    let store = tokio::task::spawn_blocking(move || Store::open(&at, &key))
        .await
        .expect("a panic while opening")?;
    totals(&store).await
}

fn is_a_warning(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Damaged(_) | StoreError::WrongKey | StoreError::Newer { .. }
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn flipped_bytes_and_a_cut_file_are_noticed_or_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 60).await;
    store
        .write(|w| (0..200).try_for_each(|n| note(w, n)))
        .await
        .unwrap();
    let right = totals(&store).await.unwrap();
    let path = store.path();
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let target = folder.path().join("damaged.tally");
    let mut dice = Dice(0x5eed_1234_5678_9abc);
    let (mut noticed, mut harmless) = (0, 0);
    let places = count("TALLYPORT_DAMAGED_PLACES", 24);
    for place in 0..places {
        let mut bytes = whole.clone();
        let length = u64::try_from(bytes.len()).unwrap();
        let at = usize::try_from(dice.roll(length)).unwrap();
        if place % 4 == 3 {
            bytes.truncate(at);
        } else {
            let run = 1 + usize::try_from(dice.roll(64)).unwrap();
            for byte in bytes.iter_mut().skip(at).take(run) {
                *byte ^= u8::try_from(1 + dice.roll(255)).unwrap();
            }
        }
        std::fs::write(&target, &bytes).unwrap();
        for end in ["-wal", "-shm"] {
            let beside = folder.path().join(["damaged.tally", end].concat());
            drop(std::fs::remove_file(beside));
        }
        match shown(&target).await {
            Ok(shown) => {
                assert_eq!(shown, right, "a wrong figure at place {place}, byte {at}");
                harmless += 1;
            }
            Err(error) => {
                assert!(is_a_warning(&error), "place {place}, byte {at}: {error:?}");
                noticed += 1;
            }
        }
    }
    println!("{places} places: {noticed} noticed, {harmless} harmless, 0 wrong figures");
    assert!(
        noticed > places / 2,
        "only {noticed} of {places} were noticed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_that_appears_while_the_file_is_open_is_an_error_and_not_a_figure() {
    let folder = tempfile::tempdir().unwrap();
    let path = {
        let store = create(folder.path());
        fill(&store, 400).await;
        store.path()
    };
    let (at, key) = (path.clone(), key());
    let store = tokio::task::spawn_blocking(move || Store::open(&at, &key).unwrap())
        .await
        .unwrap();
    let length = std::fs::metadata(&path).unwrap().len();
    let mut bytes = std::fs::read(&path).unwrap();
    for at in (8_192..usize::try_from(length).unwrap()).step_by(4_096) {
        bytes[at + 100] ^= 0x40;
    }
    // In place, as a failing disk would; the file stays the same file.
    {
        use std::io::Write as _;
        let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.write_all(&bytes).unwrap();
    }
    let outcome = totals(&store).await;
    assert!(outcome.as_ref().is_err_and(is_a_warning), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_taken_away_after_a_crash_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 20).await;
    let right = totals(&store).await.unwrap();
    // What a crash would leave behind: the file and its log, as they are now.
    let crashed = copy(&store.path(), folder.path(), true);
    assert_eq!(shown(&crashed).await.unwrap(), right, "the log is read");
    assert_eq!(
        shown(&crashed).await.unwrap(),
        right,
        "and the file was closed in order"
    );
    let robbed = copy(&store.path(), folder.path(), false);
    let outcome = shown(&robbed).await;
    let said = outcome
        .expect_err("an older state was shown without a word")
        .to_string();
    assert!(said.contains("may be lost"), "{said}");
    let again = shown(&robbed).await;
    assert!(
        again.is_err(),
        "the warning stays until somebody has seen to it"
    );
    let (at, key) = (robbed.clone(), key());
    let store = tokio::task::spawn_blocking(move || Store::open(&at, &key).unwrap())
        .await
        .unwrap();
    store.write(|w| w.forget_lost_log()).await.unwrap();
    assert!(totals(&store).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_may_close_the_file_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let first = create(folder.path());
    fill(&first, 4).await;
    let path = first.path();
    let open = |at: std::path::PathBuf| {
        tokio::task::spawn_blocking(move || Store::open(&at, &key()).unwrap())
    };
    for _ in 0..4 {
        let second = open(path.clone()).await.unwrap();
        let third = open(path.clone()).await.unwrap();
        second.write(|w| note(w, 1)).await.unwrap();
        drop(second);
        assert!(totals(&third).await.is_ok());
        drop(third);
    }
    drop(first);
    let last = open(path).await.unwrap();
    assert!(
        !last.read(|r| r.lost_log()).await.unwrap(),
        "a warning without a reason"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_programs_may_open_and_close_the_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 2).await;
    let path = store.path();
    drop(store);
    for _ in 0..count("TALLYPORT_CROWDS", 6) {
        let crowd: Vec<_> = (0..6)
            .map(|_| {
                let at = path.clone();
                tokio::task::spawn_blocking(move || Store::open(&at, &key()))
            })
            .collect();
        let mut open = Vec::new();
        for one in crowd {
            open.push(one.await.unwrap().unwrap());
        }
        for store in &open {
            assert!(
                !store.read(|r| r.lost_log()).await.unwrap(),
                "a warning without a reason"
            );
        }
        let closing: Vec<_> = open
            .into_iter()
            .map(|store| tokio::task::spawn_blocking(move || drop(store)))
            .collect();
        for one in closing {
            one.await.unwrap();
        }
    }
}

/// The log is copied into the file while its pages are looked at: by a reading thread, or by another
/// program that has the workspace open.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_half_written_is_looked_at_again_before_it_is_called_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    fill(&store, 60).await;
    let path = store.path();
    drop(store);
    let store = Store::open(&path, &key()).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let half = whole.len() - 2_048;
    let write = move |bytes: &[u8]| {
        let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(u64::try_from(half).unwrap()))
            .unwrap();
        file.write_all(bytes).unwrap();
    };
    write(&[0x5a; 2_048]);
    let changed = store.write(|w| w.check_pages()).await.unwrap();
    assert!(!changed.ok, "this one stays: {}", changed.detail);
    let rest = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(10));
        write(whole.get(half..).unwrap());
    });
    let copied = store.write(|w| w.check_pages()).await.unwrap();
    rest.join().unwrap();
    assert!(copied.ok, "{}", copied.detail);
}
