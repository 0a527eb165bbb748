//! `kill -9` at every boundary of the journal, and what became of the file meanwhile: the object is the file as
//! it was when it was chosen, or there is no object.
//!
//! `TALLYPORT_TRANSFER_KILLS=all` tries every change of the file at every boundary;
//! `TALLYPORT_KILL_POINTS` is how many random moments are tried (5).

use std::fs;
use std::path::Path;
use std::time::Duration;

use tallyport_servers::{Fault, FaultyS3};

use crate::stage::{Chance, MIB, PART, PREFIX, Stage, count, kill, until};

/// Three parts, the last one short.
const SIZE: usize = 2 * PART + 3 * MIB;

/// What happens to the file between the kill and the next start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Nothing,
    Appended,
    /// In its first part, with nothing but the change itself: size and time are as before.
    EditedInPlace,
    Truncated,
    /// Another file by the same name, of the same size.
    Replaced,
    /// The file is as it was, but somebody else has written to the key.
    KeyTaken,
}

const OTHERS: &[u8] = b"somebody else's";

const CHANGES: [Change; 6] = [
    Change::Nothing,
    Change::Appended,
    Change::EditedInPlace,
    Change::Truncated,
    Change::Replaced,
    Change::KeyTaken,
];

/// How far a request had come when the uploader died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// It had come, and nothing was done.
    Asked,
    /// It was carried out, and no answer went out.
    Done,
    /// It was answered; whether the journal knows is the kernel's secret.
    Answered,
}

const MOMENTS: [Moment; 3] = [Moment::Asked, Moment::Done, Moment::Answered];

/// The requests of one upload in parts, and of one file that goes at once.
const IN_PARTS: [(&str, u32); 5] = [
    ("CreateMultipartUpload", 0),
    ("UploadPart", 0),
    ("UploadPart", 1),
    ("UploadPart", 2),
    ("CompleteMultipartUpload", 0),
];
const AT_ONCE: [(&str, u32); 1] = [("PutObject", 0)];

fn change(stage: &Stage, path: &Path, how: Change, chance: &mut Chance) {
    let before = fs::metadata(path).unwrap();
    let mut bytes = fs::read(path).unwrap();
    match how {
        Change::Nothing => return,
        Change::Appended => bytes.extend(chance.bytes(100_000)),
        Change::EditedInPlace => {
            *bytes.get_mut(1_000).unwrap() ^= 1;
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            std::os::unix::fs::FileExt::write_all_at(
                &file,
                bytes.get(1_000..1_001).unwrap(),
                1_000,
            )
            .unwrap();
            file.set_modified(before.modified().unwrap()).unwrap();
            return;
        }
        Change::Truncated => bytes.truncate(bytes.len() / 2),
        Change::Replaced => {
            let other = path.with_extension("other");
            fs::write(&other, chance.bytes(bytes.len())).unwrap();
            fs::rename(other, path).unwrap();
            return;
        }
        Change::KeyTaken => {
            let key = format!("{PREFIX}file.bin");
            stage.server.put(FaultyS3::BUCKET, &key, OTHERS).unwrap();
            return;
        }
    }
    fs::write(path, bytes).unwrap();
}

fn attack(operation: &str, number: u32, moment: Moment, how: Change, size: usize, seed: u64) {
    let when = format!("{operation} {number}, {moment:?}, file {how:?}");
    let stage = Stage::new();
    let mut chance = Chance(seed | 1);
    let original = chance.bytes(size);
    let path = stage.write("source/file.bin", &original);
    let plan = stage.server.plan();
    match moment {
        Moment::Asked => plan.after(number, operation, Fault::SilentAfter(0), 1),
        Moment::Done => plan.after(number, operation, Fault::NoAnswer, 1),
        Moment::Answered => {}
    }
    let child = stage.start(&[&path]);
    until(&when, || match moment {
        Moment::Asked => plan.left() == 0,
        Moment::Done => {
            let seen = stage.server.seen();
            seen.iter().any(|seen| seen.fault == Some(Fault::NoAnswer))
        }
        Moment::Answered => {
            let seen = stage.server.seen();
            let answered = seen.iter().filter(|seen| seen.operation == operation);
            answered.count() > number as usize
        }
    });
    if moment == Moment::Answered {
        std::thread::sleep(Duration::from_millis(chance.below(12)));
    }
    kill(child);
    plan.clear();
    let held = stage.held();
    let arrived_before = !held.objects.is_empty();
    change(&stage, &path, how, &mut chance);

    let sent = stage.send(&[&path]);
    let held = stage.held();
    let key = format!("{PREFIX}file.bin");
    assert!(
        held.uploads.is_empty(),
        "{when}: left over {:?}\n{}",
        held.uploads,
        sent.text
    );
    assert!(
        held.objects.keys().all(|there| *there == key),
        "{when}: doubled {:?}",
        held.objects
    );
    let arrived = held
        .objects
        .contains_key(&key)
        .then(|| stage.bytes("file.bin"));
    match how {
        Change::Nothing => {
            assert!(sent.succeeded, "{when}: {}", sent.text);
            assert!(arrived.as_ref() == Some(&original), "{when}: not as it was");
        }
        Change::KeyTaken => assert_eq!(
            arrived.as_deref(),
            Some(OTHERS),
            "{when}: somebody else's object was overwritten"
        ),
        _ => {
            assert!(
                arrived.as_ref().is_none_or(|arrived| *arrived == original),
                "{when}: neither the file as it was nor nothing\n{}",
                sent.text
            );
            // Told as arrived only if what arrived is what was to be sent.
            assert!(
                !sent.succeeded || arrived.is_some(),
                "{when}: told as done\n{}",
                sent.text
            );
            let told = sent.ended["problems"].as_array();
            assert!(
                sent.succeeded || told.is_some_and(|told| !told.is_empty()),
                "{when}: nobody is told why it did not arrive\n{}",
                sent.text
            );
            assert!(
                !arrived_before || arrived.is_some(),
                "{when}: lost\n{}",
                sent.text
            );
        }
    }
}

fn matrix(requests: &[(&str, u32)], size: usize) {
    let all = std::env::var("TALLYPORT_TRANSFER_KILLS").is_ok_and(|which| which == "all");
    let mut round = 0;
    for (operation, number) in requests {
        for moment in MOMENTS {
            for (place, how) in CHANGES.into_iter().enumerate() {
                // The short form goes round the changes instead of through them.
                if all || place == round % CHANGES.len() {
                    attack(operation, *number, moment, how, size, 7 + round as u64);
                }
            }
            round += 1;
        }
    }
}

#[test]
fn an_upload_in_parts_killed_at_any_boundary_ends_as_the_file_it_was_or_as_nothing() {
    matrix(&IN_PARTS, SIZE);
}

#[test]
fn a_small_upload_killed_at_any_boundary_ends_as_the_file_it_was_or_as_nothing() {
    matrix(&AT_ONCE, 40_000);
}

#[test]
fn an_upload_killed_at_any_byte_goes_on_and_sends_little_again() {
    let size = count("TALLYPORT_KILLED_MIB", 48) * MIB;
    let mut chance = Chance(0x51);
    let mut most_again = 0;
    for round in 0..count("TALLYPORT_KILL_POINTS", 5) {
        let stage = Stage::new();
        let bytes = chance.bytes(size);
        let path = stage.write("large.bin", &bytes);
        let point = chance.below(size as u64);
        let child = stage.start(&[&path]);
        until("so many bytes", || {
            stage.server.came() >= point || stage.held().objects.len() == 1
        });
        kill(child);
        let sent = stage.send(&[&path]);
        assert!(sent.succeeded, "round {round}, at {point}: {}", sent.text);
        stage.holds_only("large.bin", &bytes, &format!("round {round}, at {point}"));
        let again = stage.server.came() - size as u64;
        // No more than was underway.
        assert!(
            again <= 4 * PART as u64,
            "round {round}, at {point}: {again} bytes again"
        );
        most_again = most_again.max(again);
    }
    println!("most sent again: {} KiB", most_again / 1024);
}
