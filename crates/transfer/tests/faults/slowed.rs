//! A store that says "slow down" to a share of all requests.
//!
//! `TALLYPORT_SLOWED_FILES` is how many files are sent at each share (150).

use std::collections::BTreeMap;
use std::time::Duration;

use tallyport_servers::{Fault, Refusal};

use crate::stage::{Chance, PREFIX, Sent, Stage, count, finished};

#[test]
fn everything_arrives_once_although_the_store_refuses_a_share_of_requests() {
    let files = count("TALLYPORT_SLOWED_FILES", 150);
    for (percent, refusal) in [
        (10, Refusal::SlowDown),
        (30, Refusal::SlowDown),
        (30, Refusal::TooManyRequests),
        (60, Refusal::SlowDown),
    ] {
        let stage = Stage::new();
        let mut chance = Chance(0xE1);
        let mut expected = BTreeMap::new();
        for number in 0..files {
            let bytes = chance.bytes(3_000);
            stage.write(&format!("folder/{number:05}.bin"), &bytes);
            expected.insert(format!("folder/{number:05}.bin"), bytes);
        }
        stage
            .server
            .plan()
            .rate("*", Fault::Refused(refusal), percent, 4);
        // Where more than half is refused, hardly anything is asked: it is the store that says so.
        let limit = Duration::from_secs(240).max(Duration::from_secs(2 * files as u64));
        let sending = stage.sender(&stage.server.url(), &[&stage.path("folder")], &[]);
        let sent = Sent::of(finished(sending, limit));
        assert!(sent.succeeded, "{percent} %: {}", sent.text);
        let held = stage.held();
        assert_eq!(held.objects.len(), files, "{percent} %");
        for (name, bytes) in expected {
            assert!(stage.bytes(&name) == bytes, "{percent} %: {PREFIX}{name}");
        }
        let seen = stage.server.seen();
        let puts = seen.iter().filter(|seen| seen.operation == "PutObject");
        let done = puts.clone().filter(|seen| seen.status == Some(200)).count();
        assert_eq!(done, files, "{percent} %: something was written twice");
        let requests = seen.len();
        println!("{percent} % {refusal:?}: {requests} requests for {files} files");
        if percent <= 30 {
            assert!(
                requests <= 2 * files,
                "{percent} %: {requests} requests for {files} files"
            );
        }
    }
}
