//! Making, opening, backing up and restoring a workspace, with every key and without.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::path::Path;

use scene::{Line, PASSPHRASE, Scene, ask, clock, moment, no_aws, random, secret};
use tallyport_ledger::AdministerWorkspace;
use tallyport_store::Store;
use tallyport_store::keys::{Keychain, PassphraseCost, Unlock};
use tallyport_workspace::open::{Open, Restore, create, is_demo, open, restore};
use tallyport_workspace::{Context, ErrorKind, WorkspaceError, backup, settings, verify};

const BILL: &[Line<'_>] = &[
    ("2026-10-01", "Amazon EC2", "i-1", "ada", "300.125"),
    ("2026-10-03", "Amazon S3", "bucket-a", "", "120.004999999"),
];

fn opening(path: &Path, unlock: Unlock) -> Open {
    Open {
        path: path.to_owned(),
        keychain: Keychain::Unused,
        unlock,
    }
}

fn restoring(scene: &Scene, name: &str, unlock: Unlock) -> Restore {
    Restore {
        backup: scene.folder.path().join("books.tallybackup"),
        path: scene.folder.path().join(name),
        keychain: Keychain::Unused,
        unlock,
        passphrase: None,
        cost: PassphraseCost::LEAST,
    }
}

fn code<T>(outcome: Result<T, WorkspaceError>) -> &'static str {
    outcome.err().expect("it should have been refused").code()
}

async fn backed_up() -> Scene {
    let scene = Scene::new().await;
    scene.person("ada").await;
    scene.bill(BILL).await;
    let target = scene.folder.path().join("books.tallybackup");
    backup::write(&scene.cx, &scene.may::<AdministerWorkspace>(), target)
        .await
        .unwrap();
    scene
}

async fn total(store: Store) -> String {
    store
        .read(|r| {
            let versions = r.versions(tallyport_store::VersionQuery::default())?;
            let sums = versions.iter().flat_map(|v| v.totals.iter());
            Ok::<_, tallyport_store::StoreError>(
                sums.map(|t| t.billed.to_decimal(2))
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_opens_with_its_passphrase_and_with_its_recovery_key() {
    let scene = Scene::new().await;
    scene.bill(BILL).await;
    let path = scene.path();
    let recovery = scene
        .recovery_key
        .clone()
        .expect("a recovery key is shown once");
    assert!(!is_demo(&path).unwrap());
    drop(scene.cx);
    for unlock in [
        Unlock::Passphrase(secret(PASSPHRASE)),
        Unlock::RecoveryKey(recovery),
    ] {
        let store = open(opening(&path, unlock)).await.unwrap();
        assert_eq!(total(store).await, "420.129999999");
    }
    let wrong = Unlock::Passphrase(secret("four words of a tent"));
    assert_eq!(
        code(open(opening(&path, wrong)).await),
        "key.wrong-passphrase"
    );
    let none = open(opening(&path, Unlock::Keychain)).await;
    assert_eq!(
        code(none),
        "key.passphrase-needed",
        "it says that a passphrase would do"
    );
    let nowhere = open(opening(&path.with_extension("x"), Unlock::Keychain)).await;
    assert_eq!(nowhere.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_keychain_and_passphrase_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.tally");
    let mut asked = ask(path.clone(), false);
    asked.passphrase = None;
    let time = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(0));
    let outcome = create(asked, clock(&time)(), random()).await;
    assert_eq!(code(outcome), "key.passphrase-needed");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "something was left behind: {left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_opens_by_itself_and_an_existing_file_is_never_overwritten() {
    let scene = Scene::demo().await;
    assert!(
        scene.recovery_key.is_none(),
        "a demo has nothing to recover"
    );
    let path = scene.path();
    assert!(is_demo(&path).unwrap());
    drop(scene.cx);
    let store = open(opening(&path, Unlock::Keychain)).await.unwrap();
    assert!(store.read(|r| r.workspace()).await.unwrap().demo);
    let time = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(0));
    let again = create(ask(path, false), clock(&time)(), random()).await;
    assert_eq!(code(again), "workspace.exists");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_workspace_can_be_read_without_its_key() {
    let scene = Scene::new().await;
    scene.person("ada").await;
    scene.bill(BILL).await;
    for entry in std::fs::read_dir(scene.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "csv") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for planted in ["bucket-a", "Amazon EC2", PASSPHRASE, "SQLite format"] {
            let found = bytes
                .windows(planted.len())
                .any(|w| w == planted.as_bytes());
            assert!(!found, "{planted} lies open in {}", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_with_the_passphrase_or_the_recovery_key_and_is_equal() {
    let scene = backed_up().await;
    let recovery = scene.recovery_key.clone().unwrap();
    for (name, unlock) in [
        ("a.tally", Unlock::Passphrase(secret(PASSPHRASE))),
        ("b.tally", Unlock::RecoveryKey(recovery)),
    ] {
        let restored = restore(restoring(&scene, name, unlock), random())
            .await
            .unwrap();
        assert!(restored.fingerprint.rows() > 10);
        let path = scene.folder.path().join(name);
        let unlock = Unlock::Passphrase(secret(PASSPHRASE));
        let store = open(opening(&path, unlock)).await.unwrap();
        assert_eq!(total(store.clone()).await, "420.129999999");
        let time = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(moment(
            "2026-11-23T00:00:00Z",
        )));
        let cx = Context::new(store, clock(&time), random(), no_aws());
        let verified = verify::run(&cx, &scene.may()).await.unwrap();
        assert!(verified.ok(), "{verified:?}");
        assert_eq!(settings::workspace(&cx).await.unwrap().name, "Books");
        let twice = restoring(&scene, name, Unlock::Passphrase(secret(PASSPHRASE)));
        assert_eq!(code(restore(twice, random()).await), "workspace.exists");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_does_not_open_with_another_key_and_leaves_nothing_behind() {
    let scene = backed_up().await;
    let wrong = Unlock::Passphrase(secret("another passphrase"));
    let outcome = restore(restoring(&scene, "a.tally", wrong), random()).await;
    assert_eq!(code(outcome), "key.wrong-passphrase");
    let mistyped = Unlock::RecoveryKey(secret("AAAAA-BBBBB"));
    let outcome = restore(restoring(&scene, "a.tally", mistyped), random()).await;
    assert_eq!(code(outcome), "key.mistyped-recovery-key");
    let others = Unlock::RecoveryKey(
        tallyport_store::keys::RecoveryKey::generate(&|bytes| {
            bytes.fill(0x5a);
        })
        .letters(),
    );
    let outcome = restore(restoring(&scene, "a.tally", others), random()).await;
    assert_eq!(code(outcome), "key.wrong-recovery-key");
    let names: Vec<String> = std::fs::read_dir(scene.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| {
            name.starts_with("a.tally") || name.contains("part") || name.contains("rows")
        })
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_passphrase_can_be_set_while_restoring_with_the_recovery_key() {
    let scene = backed_up().await;
    let mut asked = restoring(
        &scene,
        "a.tally",
        Unlock::RecoveryKey(scene.recovery_key.clone().unwrap()),
    );
    asked.passphrase = Some(secret("a new passphrase"));
    restore(asked, random()).await.unwrap();
    let path = scene.folder.path().join("a.tally");
    let old = open(opening(&path, Unlock::Passphrase(secret(PASSPHRASE)))).await;
    assert_eq!(code(old), "key.wrong-passphrase");
    let new = open(opening(
        &path,
        Unlock::Passphrase(secret("a new passphrase")),
    ))
    .await;
    assert_eq!(total(new.unwrap()).await, "420.129999999");
}
