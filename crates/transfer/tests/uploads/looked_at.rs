//! What is said before anything moves.

use std::sync::Arc;

use tallyport_sandbox::Fault;
use tallyport_transfer::{Preflight, Random, Weight, preflight};

use crate::desk::{Desk, desk, target};

async fn looked_at(desk: &Desk, left: Option<u64>) -> Preflight {
    let random: Random = Arc::new(|bytes| bytes.fill(5));
    let sources = [desk.folder.path().join("here/drop")];
    preflight(
        &desk.sandbox.sdk_config(),
        &sources,
        &target(),
        left,
        &random,
    )
    .await
}

fn codes(found: &Preflight) -> Vec<(Weight, &'static str)> {
    let findings = found.findings.iter();
    findings
        .map(|finding| (finding.weight, finding.code))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn where_files_land_and_what_is_in_the_way_is_known_and_nothing_is_written() {
    let desk = desk().await;
    desk.file("drop/a.txt", b"12345");
    desk.file("drop/A.txt", b"123");
    desk.file("drop/aux.txt", b"1");
    desk.put("tenant/drop/a.txt", b"there").await;
    let found = looked_at(&desk, Some(8)).await;
    assert_eq!((found.files, found.bytes, found.requests), (3, 9, 3));
    assert!(
        found
            .lands
            .iter()
            .any(|landing| landing.key == "tenant/drop/aux.txt" && landing.path == "drop/aux.txt")
    );
    assert_eq!(found.clashes.len(), 1);
    let codes = codes(&found);
    assert!(
        codes.contains(&(Weight::Warning, "transfer.same_letters")),
        "{codes:?}"
    );
    assert!(codes.contains(&(Weight::Warning, "transfer.doubtful_name")));
    assert_eq!(codes[0], (Weight::Stop, "transfer.quota"));
    assert_eq!(desk.keys().await, ["tenant/drop/a.txt"]);
    assert_eq!(desk.left_over().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_named_before_anything_is_sent() {
    let desk = desk().await;
    desk.file("drop/a.txt", b"12345");
    assert_eq!(codes(&looked_at(&desk, None).await), []);
    desk.sandbox
        .faults()
        .next("s3:CreateMultipartUpload", Fault::AccessDenied, 1);
    let found = looked_at(&desk, None).await;
    assert_eq!(codes(&found), [(Weight::Stop, "transfer.denied")]);
    assert!(found.findings[0].text.contains("s3:PutObject"));
}
