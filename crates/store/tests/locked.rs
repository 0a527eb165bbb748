//! Another program holds the write lock: writers wait, readers do not, nothing is lost.
//!
//! `TALLYPORT_CROWD_SECONDS` sets how long the crowd works (2 unless set); the soak runs 60, and the lock is
//! then held for up to half of that at a time.
#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]
#![expect(
    clippy::disallowed_methods,
    reason = "the test takes times and reads how long it may run"
)]
#![allow(dead_code, reason = "the company's bills are shared by several tests")]

mod bill;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tallyport_ledger::{Metric, Name, SourceKind};
use tallyport_store::{By, Filter, Interval, Mode, Store, StoreError};

use crate::bill::{bill_of, books, faults, key, load, rows};

const MARCH: (&str, &str) = ("2024-03-01", "2024-03-31");

/// The file as another program has it open.
fn beside(path: &PathBuf) -> Connection {
    let connection = Connection::open(path).unwrap();
    let text = format!("x'{}'", "05".repeat(32));
    connection.pragma_update(None, "key", text).unwrap();
    connection
        .pragma_update(None, "busy_timeout", 20_000)
        .unwrap();
    connection
}

/// Holds the write lock for a while, from a thread of its own.
fn hold(path: PathBuf, time: Duration) -> std::thread::JoinHandle<()> {
    let (held, holding) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let other = beside(&path);
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        held.send(()).unwrap();
        std::thread::sleep(time);
        other.execute_batch("COMMIT").unwrap();
    });
    holding.recv().unwrap();
    thread
}

#[tokio::test]
async fn a_load_waits_for_another_program_and_readers_see_the_old_bill_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    let at = "2024-04-01T08:00:00Z";
    load(
        &store,
        SourceKind::Focus,
        at,
        Mode::Replace,
        bill_of("2024-03", 100, 7, true),
    )
    .await;
    for milliseconds in [100, 700, 1_500] {
        let asked = || {
            rows(
                &store,
                MARCH,
                Metric::Billed,
                By::Service,
                Interval::None,
                Filter::default(),
            )
        };
        let old = asked().await;
        let holder = hold(store.path(), Duration::from_millis(milliseconds));
        let next = bill_of("2024-03", 100, u32::try_from(milliseconds).unwrap(), true);
        let begun = Instant::now();
        let loading = load(&store, SourceKind::Focus, at, Mode::Replace, next);
        let reading = async {
            let seen = asked().await;
            (seen, begun.elapsed())
        };
        let (_, (seen, after)) = tokio::join!(loading, reading);
        holder.join().unwrap();
        assert_eq!(seen, old, "a reader sees the old bill");
        assert!(after < Duration::from_millis(milliseconds).max(Duration::from_millis(500)));
        assert_ne!(asked().await, old, "the load went through");
    }
    assert_eq!(faults(&store).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_of_readers_and_two_programs_that_write_lose_nothing() {
    let long: Option<u64> = std::env::var("TALLYPORT_CROWD_SECONDS")
        .ok()
        .and_then(|seconds| seconds.parse().ok());
    let seconds = long.unwrap_or(2);
    let mut holds = vec![100, 300, 500];
    if long.is_some() {
        holds.extend([1_000, 4_900, seconds * 500]);
    }
    let folder = tempfile::tempdir().unwrap();
    let first = books(folder.path());
    let at = "2024-04-01T08:00:00Z";
    load(
        &first,
        SourceKind::Focus,
        at,
        Mode::Replace,
        bill_of("2024-03", 100, 7, true),
    )
    .await;
    // Two programs: each has its own connections.
    let second = Store::open(&first.path(), &key()).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = Vec::new();
    for (name, store) in [("first", first.clone()), ("second", second.clone())] {
        let stop = Arc::clone(&stop);
        writers.push(tokio::spawn(async move {
            let mut written = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                let text = format!("{name} {written}");
                let added: Result<_, StoreError> = store
                    .write(move |w| w.add_person(&Name::parse(&text).unwrap(), None))
                    .await;
                added.unwrap();
                written += 1;
            }
            written
        }));
    }
    let mut readers = Vec::new();
    for number in 0..8 {
        let store = if number % 2 == 0 {
            first.clone()
        } else {
            second.clone()
        };
        let stop = Arc::clone(&stop);
        readers.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let filter = Filter::default();
                let seen = rows(
                    &store,
                    MARCH,
                    Metric::Billed,
                    By::Person,
                    Interval::None,
                    filter,
                );
                assert!(!seen.await.is_empty());
                times.push(begun.elapsed());
            }
            times
        }));
    }
    let path = first.path();
    let holder = std::thread::spawn(move || {
        for milliseconds in holds {
            hold(path.clone(), Duration::from_millis(milliseconds))
                .join()
                .unwrap();
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    holder.join().unwrap();
    let mut written = 0;
    for writer in writers {
        written += writer.await.unwrap();
    }
    let mut times = Vec::new();
    for reader in readers {
        times.extend(reader.await.unwrap());
    }
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    println!(
        "{written} writes, {} reads, 99th of 100 {p99:?}",
        times.len()
    );
    if long.is_some() {
        assert!(p99 <= Duration::from_millis(50), "{p99:?}");
    }
    let people: Result<Vec<_>, StoreError> = second.read(|r| r.people(true)).await;
    assert_eq!(people.unwrap().len(), written as usize, "no write is lost");
    assert_eq!(faults(&second).await, Vec::<String>::new());
}
