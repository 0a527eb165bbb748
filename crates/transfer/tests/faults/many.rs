//! A folder with more files than fit in memory, or in a person's patience.
//!
//! `TALLYPORT_MANY_FILES` is how many there are (3,000).

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tallyport_servers::Sink;

use crate::stage::{Stage, count};

/// Files in one folder.
const FOLDER: usize = 1_000;
/// What the uploader may have at its highest, and when something is to have arrived.
const MEMORY_MIB: u64 = 300;
const FIRST: Duration = Duration::from_secs(2);

/// The most memory that a process ever had, in MiB; nothing where the system does not tell.
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1_024)
}

#[test]
fn a_folder_of_very_many_files_begins_at_once_and_is_never_held() {
    let files = count("TALLYPORT_MANY_FILES", 3_000);
    let stage = Stage::new();
    let root = stage.path("many");
    for number in 0..files {
        let folder = root.join(format!("{:05}", number / FOLDER));
        if number % FOLDER == 0 {
            fs::create_dir_all(&folder).unwrap();
        }
        fs::File::create(folder.join(format!("file-{number:07}.txt"))).unwrap();
    }
    let sink = Sink::start().unwrap();
    let mut sending = stage.sender(&sink.url(), &[&root], &["--no-receipts"]);
    let begun = Instant::now();
    let mut child = sending.stdout(Stdio::null()).spawn().unwrap();
    let (mut first, mut peak) = (None, 0);
    let ended = loop {
        if first.is_none() && sink.written().0 > 0 {
            first = Some(begun.elapsed());
        }
        peak = peak.max(peak_of(child.id()).unwrap_or(0));
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(if first.is_some() { 100 } else { 5 }));
    };
    let took = begun.elapsed();
    println!("{files} files in {took:?}, the first after {first:?}, at most {peak} MiB in memory");
    assert!(ended.success());
    assert_eq!(sink.written().0, files);
    assert!(first.is_some_and(|first| first <= FIRST), "{first:?}");
    assert!(peak <= MEMORY_MIB, "{peak} MiB");
}
