//! A line that is cut, stalls or resets at byte positions that nobody chose.
//!
//! `TALLYPORT_CUTS` is how many uploads (6), `TALLYPORT_CUT_MIB` how large each is (64).

use std::time::Duration;

use tallyport_servers::{Break, Line, LineOptions};

use crate::stage::{Chance, MIB, PART, Sent, Stage, count, finished};

const AS_FAST_AS_IT_GOES: LineOptions = LineOptions {
    bits_per_second: None,
    delay: Duration::from_millis(1),
};

#[test]
fn a_line_that_breaks_anywhere_delivers_the_same_bytes() {
    let size = count("TALLYPORT_CUT_MIB", 64) * MIB;
    let mut chance = Chance(0xC7);
    let bytes = chance.bytes(size);
    let stage = Stage::new();
    let path = stage.write("file.bin", &bytes);
    let mut most_again = 0;
    for round in 0..count("TALLYPORT_CUTS", 6) {
        let stage = Stage::new();
        let line = Line::before(&stage.server.url(), AS_FAST_AS_IT_GOES).unwrap();
        let at = chance.below(size as u64);
        let how = match round % 4 {
            0 => Break::Cut,
            1 => Break::Reset,
            2 => Break::Stall(Duration::from_secs(1)),
            _ => Break::ResetAll,
        };
        let when = format!("round {round}: {how:?} at {at}");
        line.break_after(at, how);
        let sending = stage.sender(&line.url(), &[&path], &[]);
        let sent = Sent::of(finished(sending, Duration::from_secs(300)));
        assert!(sent.succeeded, "{when}: {}", sent.text);
        assert_eq!(line.breaks_left(), 0, "{when} did not happen");
        stage.holds_only("file.bin", &bytes, &when);
        let again = stage.server.came() - size as u64;
        // A part of each connection that broke, and none of those that did not.
        let connections = if how == Break::ResetAll { 16 } else { 1 };
        assert!(
            again <= connections * PART as u64 + MIB as u64,
            "{when}: {again} bytes again"
        );
        most_again = most_again.max(again);
    }
    println!("most sent again: {} KiB", most_again / 1024);
}

#[test]
fn a_line_that_breaks_every_few_megabytes_still_delivers() {
    let stage = Stage::new();
    let bytes = Chance(0xC8).bytes(40 * MIB);
    let path = stage.write("file.bin", &bytes);
    let line = Line::before(&stage.server.url(), AS_FAST_AS_IT_GOES).unwrap();
    for at in 1..=8 {
        line.break_after(at * 5 * MIB as u64 + 12_345, Break::Reset);
    }
    let sending = stage.sender(&line.url(), &[&path], &[]);
    let sent = Sent::of(finished(sending, Duration::from_secs(300)));
    assert!(sent.succeeded, "{}", sent.text);
    stage.holds_only("file.bin", &bytes, "after eight resets");
}
