//! The audit trail: nothing can be changed, taken out, put in or moved without showing.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod shelf;

use std::path::Path;

use rusqlite::Connection;
use shelf::{Dice, count, create, key, note, raw};
use tallyport_store::{AuditBreak, AuditHead, Store, StoreError};

async fn checked(path: &Path) -> Result<AuditHead, AuditBreak> {
    let (at, key) = (path.to_owned(), key());
    let store = tokio::task::spawn_blocking(move || Store::open(&at, &key).unwrap())
        .await
        .unwrap();
    store.read(|r| r.check_audit()).await.unwrap()
}

/// Somebody with the key and a tool first takes the triggers away.
fn unguard(connection: &Connection) {
    connection
        .execute_batch(
            "DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept;
             DROP TRIGGER audit_head_goes_on; DROP TRIGGER audit_head_is_kept;",
        )
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_manipulation_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    let lines = count("TALLYPORT_AUDIT_LINES", 400);
    store
        .write(move |w| (0..lines).try_for_each(|n| note(w, n)))
        .await
        .unwrap();
    let path = store.path();
    drop(store);
    let head = checked(&path).await.expect("an untouched trail is whole");
    assert_eq!(usize::try_from(head.number).unwrap(), lines);
    unguard(&raw(&path));
    assert!(
        checked(&path).await.is_ok(),
        "taking triggers away changes no line"
    );
    let whole = std::fs::read(&path).unwrap();
    let mut dice = Dice(77);
    let last = head.number;
    for round in 0..count("TALLYPORT_AUDIT_MANIPULATIONS", 60) {
        let mut connection = raw(&path);
        let line = 1 + i64::try_from(dice.roll(u64::try_from(last).unwrap())).unwrap();
        let other = 1 + line % last;
        let change = connection.transaction().unwrap();
        let sql = match round % 8 {
            0 => "UPDATE audit SET actor = actor || 'x' WHERE number = ?1 AND ?2",
            1 => "UPDATE audit SET details = '{\"number\":0}' WHERE number = ?1 AND ?2",
            2 => "DELETE FROM audit WHERE number = ?1 AND ?2",
            3 => "DELETE FROM audit WHERE number >= ?1 AND ?2",
            4 => "UPDATE audit SET at = at - 1 WHERE number = ?1 AND ?2",
            5 => {
                "UPDATE audit SET (subject, hash) =
                     (SELECT b.subject, b.hash FROM audit b WHERE b.number = ?2)
                 WHERE number = ?1"
            }
            6 => {
                "INSERT INTO audit (number, at, actor, action, subject, details, hash)
                 SELECT max(number) + 1, 0, 'eve\r\nada', 'x', '', '{}', randomblob(32) FROM audit
                 WHERE ?1 AND ?2"
            }
            _ => "UPDATE audit_head SET number = ?1 - 1 WHERE ?2",
        };
        change.execute(sql, (line, other)).unwrap();
        change.commit().unwrap();
        drop(connection);
        let found = checked(&path).await;
        assert!(
            found.is_err(),
            "round {round}: {sql} at {line} was not found"
        );
        // Put back what was there, for the next round.
        std::fs::write(&path, &whole).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_itself_can_only_append() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    store.write(|w| note(w, 1)).await.unwrap();
    let path = store.path();
    drop(store);
    let connection = raw(&path);
    for sql in [
        "UPDATE audit SET actor = 'eve'",
        "DELETE FROM audit",
        "UPDATE audit_head SET number = 0",
        "DELETE FROM audit_head",
    ] {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("append only"), "{sql}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_belongs_to_the_change_it_tells_of() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path());
    let undone = store
        .write(|w| {
            note(w, 1)?;
            Err::<(), _>(StoreError::Cancelled)
        })
        .await;
    assert!(undone.is_err());
    let (head, trail) = store
        .read(|r| Ok::<_, StoreError>((r.audit_head()?, r.audit_trail(None, 10)?)))
        .await
        .unwrap();
    assert_eq!(
        (head.number, trail.len()),
        (0, 0),
        "what was undone is not told"
    );
    store.write(|w| note(w, 5)).await.unwrap();
    let trail = store.read(|r| r.audit_trail(None, 10)).await.unwrap();
    assert_eq!(trail[0].subject, "5");
    assert_eq!(trail[0].details["text"], "a\r\nb");
}
