//! What a store may answer instead of what was hoped for, one after another.

use std::time::Duration;

use tallyport_servers::{Fault, FaultyS3, Refusal};

use crate::stage::{Chance, MIB, PART, PREFIX, Stage};

/// What is to come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The object is there, and the receipt says so.
    Arrives,
    /// Nothing is there, nothing is left over, and the reason is said in this word.
    Stops(&'static str),
}
use Outcome::{Arrives, Stops};

/// An operation, what goes wrong with it, how often, and what is to come of it.
type Case = (&'static str, Fault, u32, Outcome);

const CREATE: &str = "CreateMultipartUpload";
const PART_OF_IT: &str = "UploadPart";
const COMPLETE: &str = "CompleteMultipartUpload";
const AT_ONCE: &str = "PutObject";
const FOR_EVER: u32 = 1_000_000;

/// Tries all cases at the same time: most of each is waiting.
fn try_all(cases: &[Case]) {
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| attempt(*case));
        }
    });
}

/// Lets one thing go wrong with an upload of three parts, or of a small file.
fn attempt((operation, fault, times, outcome): Case) {
    let what = format!("{times} x {fault:?} of {operation}");
    let stage = Stage::new();
    let size = if operation == AT_ONCE {
        50_000
    } else {
        2 * PART + MIB
    };
    let bytes = Chance(0xA5).bytes(size);
    let path = stage.write("file.bin", &bytes);
    let plan = stage.server.plan();
    plan.next(operation, fault, times);
    let sent = stage.send(&[&path]);
    match outcome {
        Arrives => {
            assert!(sent.succeeded, "{what}: {}", sent.text);
            assert_eq!(sent.receipts.len(), 1, "{what}: {}", sent.text);
            stage.holds_only("file.bin", &bytes, &what);
        }
        Stops(word) => {
            assert!(!sent.succeeded, "{what}: {}", sent.text);
            let said = sent.ended.to_string();
            assert!(
                said.contains(word),
                "{word:?} is not the reason of {what}: {}",
                sent.text
            );
            let held = stage.held();
            assert!(held.objects.is_empty(), "{what}: {held:?}");
            assert!(
                held.uploads.is_empty(),
                "{what} leaves parts over: {held:?}"
            );
        }
    }
    assert!(
        plan.left() == 0 || times == FOR_EVER,
        "{what} did not happen"
    );
}

#[test]
fn a_burst_of_503_and_429_is_waited_out() {
    let slow = Fault::Refused(Refusal::SlowDown);
    let many = Fault::Refused(Refusal::TooManyRequests);
    try_all(&[
        (PART_OF_IT, slow, 8, Arrives),
        // Each wait is twice the one before: these seven take half a minute, ten would take two.
        ("*", slow, 7, Arrives),
        (PART_OF_IT, many, 8, Arrives),
        (AT_ONCE, slow, 4, Arrives),
    ]);
}

#[test]
fn a_connection_that_breaks_in_a_body_costs_no_more_than_that_part() {
    let stall = Fault::StalledAfter(1_000_000, Duration::from_secs(2));
    try_all(&[
        (PART_OF_IT, Fault::ResetAfter(0), 2, Arrives),
        (PART_OF_IT, Fault::ResetAfter(70_000), 2, Arrives),
        (PART_OF_IT, Fault::ResetAfter(PART as u64 - 1), 1, Arrives),
        (AT_ONCE, Fault::ResetAfter(20_000), 2, Arrives),
        (PART_OF_IT, stall, 2, Arrives),
    ]);
}

#[test]
fn a_server_that_falls_silent_is_given_up_and_asked_again() {
    try_all(&[
        (PART_OF_IT, Fault::SilentAfter(1_000_000), 1, Arrives),
        (AT_ONCE, Fault::NoAnswer, 1, Arrives),
    ]);
}

#[test]
fn answers_that_come_a_byte_at_a_time_are_read_to_their_end() {
    let slowly = Fault::SlowAnswer(Duration::from_millis(2));
    try_all(&[CREATE, PART_OF_IT, COMPLETE, AT_ONCE].map(|of| (of, slowly, 1, Arrives)));
}

#[test]
fn an_answer_that_is_lost_is_not_taken_for_a_failure_nor_the_work_done_twice() {
    let lost = Fault::LostAnswer;
    try_all(&[CREATE, PART_OF_IT, COMPLETE, AT_ONCE].map(|of| (of, lost, 1, Arrives)));
    let after = Fault::RefusedAfterwards;
    try_all(&[
        (COMPLETE, after(Refusal::InternalError), 1, Arrives),
        (COMPLETE, after(Refusal::NoSuchUpload), 1, Arrives),
        (COMPLETE, after(Refusal::PreconditionFailed), 1, Arrives),
        (AT_ONCE, after(Refusal::PreconditionFailed), 1, Arrives),
    ]);
}

#[test]
fn an_error_within_a_200_is_an_error() {
    try_all(&[
        (COMPLETE, Fault::ErrorInside200, 1, Arrives),
        (COMPLETE, Fault::ErrorInside200Afterwards, 1, Arrives),
        (
            COMPLETE,
            Fault::ErrorInside200,
            FOR_EVER,
            Stops("internal error"),
        ),
    ]);
}

#[test]
fn a_bit_that_turns_on_the_way_never_arrives() {
    let turned = Fault::CorruptedBody;
    try_all(&[PART_OF_IT, AT_ONCE].map(|of| (of, turned, 1, Arrives)));
}

#[test]
fn a_conflict_begins_the_upload_anew() {
    let conflict = Fault::Refused(Refusal::Conflict);
    try_all(&[COMPLETE, AT_ONCE].map(|of| (of, conflict, 1, Arrives)));
}

#[test]
fn an_upload_that_is_forgotten_halfway_begins_anew() {
    let forgotten = Fault::Refused(Refusal::NoSuchUpload);
    try_all(&[PART_OF_IT, COMPLETE].map(|of| (of, forgotten, 1, Arrives)));
}

#[test]
fn a_key_that_may_not_be_used_for_parts_is_named() {
    let (key, all) = (Refusal::KeyDenied, Refusal::AccessDenied);
    try_all(&[
        (
            PART_OF_IT,
            Fault::Refused(key),
            FOR_EVER,
            Stops("kms:Decrypt"),
        ),
        (
            AT_ONCE,
            Fault::Refused(all),
            FOR_EVER,
            Stops("s3:PutObject"),
        ),
    ]);
}

#[test]
fn a_session_that_ends_stops_the_upload_and_the_next_start_goes_on() {
    let stage = Stage::new();
    let bytes = Chance(0x77).bytes(5 * PART);
    let path = stage.write("file.bin", &bytes);
    let expired = Fault::Refused(Refusal::ExpiredToken);
    stage
        .server
        .plan()
        .after(3, "UploadPart", expired, 1_000_000);
    stage
        .server
        .plan()
        .after(0, "AbortMultipartUpload", expired, 1_000_000);
    let sent = stage.send(&[&path]);
    assert!(!sent.succeeded, "{}", sent.text);
    // The server answers without reading the body and closes: what it said is heard all the same.
    let said = sent.ended.to_string();
    assert!(said.contains("have run out"), "{}", sent.text);
    assert!(stage.held().objects.is_empty());
    stage.server.plan().clear();
    let sent = stage.send(&[&path]);
    assert!(sent.succeeded, "{}", sent.text);
    stage.holds_only("file.bin", &bytes, "after the session was renewed");
    let again = stage.came_as_parts() - bytes.len() as u64;
    assert!(again <= 4 * PART as u64, "{again} bytes were sent again");
}

/// Uploads a file onto a key that is taken.
fn onto_a_taken_key(size: usize, answer: &str) -> (Stage, Vec<u8>, bool) {
    let stage = Stage::new();
    let bytes = Chance(0x33).bytes(size);
    let path = stage.write("file.bin", &bytes);
    let key = format!("{PREFIX}file.bin");
    stage
        .server
        .put(FaultyS3::BUCKET, &key, THERE_BEFORE)
        .unwrap();
    let sent = stage.send_with(&[&path], &["--on-clash", answer]);
    (stage, bytes, sent.succeeded)
}

const THERE_BEFORE: &[u8] = b"there before";
const SIZES: [usize; 2] = [50_000, 2 * PART + MIB];

#[test]
fn what_is_there_already_is_not_overwritten_unasked() {
    for size in SIZES {
        for answer in ["ask", "skip"] {
            let (stage, _, _) = onto_a_taken_key(size, answer);
            stage.holds_only("file.bin", THERE_BEFORE, answer);
        }
    }
}

#[test]
fn replacing_and_keeping_both_do_what_they_say() {
    for size in SIZES {
        let (stage, bytes, succeeded) = onto_a_taken_key(size, "replace");
        assert!(succeeded);
        stage.holds_only("file.bin", &bytes, "replaced");
        let (stage, bytes, succeeded) = onto_a_taken_key(size, "keep-both");
        assert!(succeeded);
        assert_eq!(stage.bytes("file.bin"), THERE_BEFORE);
        let mut others: Vec<String> = stage.held().objects.into_keys().collect();
        others.retain(|key| *key != format!("{PREFIX}file.bin"));
        let [other] = others.as_slice() else {
            panic!("not one beside it: {others:?}");
        };
        assert!(
            stage.bytes(other.strip_prefix(PREFIX).unwrap()) == bytes,
            "{other}"
        );
    }
}

#[test]
fn the_bytes_of_files_are_left_out_of_signatures_and_nothing_else_is() {
    let stage = Stage::new();
    let mut chance = Chance(0xA6);
    let large = stage.write("large.bin", &chance.bytes(2 * PART + MIB));
    let small = stage.write("small.bin", &chance.bytes(50_000));
    let sent = stage.send(&[&large, &small]);
    assert!(sent.succeeded, "{}", sent.text);
    let seen = stage.server.seen();
    for operation in [AT_ONCE, CREATE, PART_OF_IT, COMPLETE] {
        let asked = seen.iter().find(|seen| seen.operation == operation);
        assert!(asked.is_some(), "{operation} was never asked");
    }
    for asked in seen {
        let has_bytes = [AT_ONCE, PART_OF_IT].contains(&asked.operation);
        assert_eq!(asked.is_unsigned, has_bytes, "{asked:?}");
    }
}
