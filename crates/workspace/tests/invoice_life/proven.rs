use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use rusqlite::Connection;
use tallyport_store::{DataKey, NewWorkspace, Store};
use tallyport_workspace::invoices::Credit;
use tallyport_workspace::{Context, SignedIn};

use crate::desk::{Desk, at, desk, lines};
use crate::scene::{self, Scene, moment};

const KEY: [u8; 32] = [5; 32];

/// Two invoices, of which one is credited in part, in a workspace whose key the test knows.
async fn known() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let time = Arc::new(AtomicI64::new(moment("2026-11-22T08:00:00Z")));
    let clock = scene::clock(&time);
    let new = NewWorkspace {
        id: [7; 16],
        name: "Books".to_owned(),
        demo: false,
        created_at: clock(),
    };
    let key = DataKey::from_bytes(KEY);
    let store = Store::create(&folder.path().join("books.tally"), &new, &key).unwrap();
    let desk = at(Scene {
        cx: Context::new(store, clock, scene::random(), scene::no_aws()),
        folder,
        me: SignedIn::local_super_admin(),
        recovery_key: None,
        time,
    })
    .await;
    let invoice = desk.issued("ada").await;
    desk.issued("ben").await;
    desk.credited(invoice.id, lines(&[(1, None)])).await;
    desk
}

/// Changes the file past the program, as somebody with the key and a tool could.
fn by_hand(path: &Path, statements: &str) {
    let connection = Connection::open(path).unwrap();
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    connection
        .pragma_update(None, "key", ["x'", &hex, "'"].concat())
        .unwrap();
    connection
        .execute_batch("DROP TRIGGER invoice_stays; DROP TRIGGER invoice_is_kept;")
        .unwrap();
    connection.execute_batch(statements).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn all_issued_documents_are_proven() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    desk.issued("ben").await;
    desk.credited(invoice.id, lines(&[(1, None)])).await;
    desk.credited(invoice.id, Credit::Whole).await;
    let found = desk.verified().await;
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(
        (found.checked, found.totals, found.hashes, found.rendered),
        (4, 4, 4, 4)
    );
    let series: Vec<_> = found
        .series
        .iter()
        .map(|one| (one.series.as_str(), one.taken, one.gaps.len()))
        .collect();
    assert_eq!(series, [("CN", 2, 0), ("INV", 2, 0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_by_hand_in_the_file_is_told() {
    for (statements, told) in [
        (
            "UPDATE invoice_series SET next = 9 WHERE series = 'INV'",
            "Series INV: 8 numbers were taken and no document has 3, 4, 5, 6, 7, 8.",
        ),
        (
            "UPDATE invoice_series SET next = 2 WHERE series = 'INV'",
            "Series INV: number 2 was not taken from it: the next would be 2.",
        ),
        (
            "UPDATE invoice SET number = 7 WHERE number = 2",
            "Document INV-00007: it was issued as INV-00002.",
        ),
        (
            "UPDATE invoice SET frozen = replace(frozen, '\"exact\":\"280\"', '\"exact\":\"380\"')
             WHERE series = 'INV' AND number = 1",
            "Document INV-00001: its totals come to 950.55, 180.6, 1131.15 and not to what they were.",
        ),
        (
            "UPDATE invoice SET issued_on = 20251122 WHERE series = 'INV' AND number = 1",
            "Document INV-00001: it was issued on 2026-11-22.",
        ),
        (
            "UPDATE invoice SET pdf = x'25504446' WHERE series = 'INV' AND number = 2",
            "Document INV-00002: the workspace file is damaged (the paper of an invoice is not the one \
             that was issued)",
        ),
        (
            "UPDATE invoice SET credits_id = (SELECT id FROM invoice WHERE series = 'INV' AND number = 2)
             WHERE series = 'CN'",
            "Document INV-00002: more is credited than it asked for.",
        ),
        (
            "DROP TRIGGER audit_stays; UPDATE audit SET details = replace(details, '1012.15', '12.15')",
            "The audit trail: line",
        ),
    ] {
        let desk = known().await;
        by_hand(&desk.scene.path(), statements);
        let found = desk.verified().await;
        assert!(
            found.problems.iter().any(|problem| problem.starts_with(told)),
            "{statements}\n{:#?}",
            found.problems
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_put_in_with_its_hash_is_told_by_the_trail() {
    let desk = known().await;
    // Another invoice's paper with another invoice's hash: the file alone cannot tell.
    by_hand(
        &desk.scene.path(),
        "UPDATE invoice SET (pdf, pdf_sha256) = (SELECT pdf, pdf_sha256 FROM invoice WHERE number = 1
             AND series = 'INV') WHERE number = 2",
    );
    let found = desk.verified().await;
    assert_eq!((found.checked, found.hashes, found.rendered), (3, 2, 2));
    assert!(found.problems[0].contains("not the one whose hash the audit trail has"));
}
