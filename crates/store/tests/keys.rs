//! The envelope: who opens it, who does not, and what happens to one that was touched.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

use tallyport_store::DataKey;
use tallyport_store::keys::{
    Envelope, KeyError, Keychain, PassphraseCost, Random, RecoveryKey, Secret, WorkspaceId,
    envelope_path,
};

const WORKSPACE: WorkspaceId = WorkspaceId([7; 16]);

fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    for byte in bytes {
        *byte = NEXT.fetch_add(37, Ordering::Relaxed);
    }
}

const RANDOM: Random<'static> = &random;

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn sealed() -> (DataKey, RecoveryKey, Envelope) {
    let key = DataKey::generate(RANDOM);
    let recovery = RecoveryKey::generate(RANDOM);
    let envelope = Envelope::seal(WORKSPACE, &key, &recovery, RANDOM)
        .and_then(|envelope| {
            envelope.with_passphrase(
                &key,
                &secret("correct horse battery"),
                PassphraseCost::LEAST,
                RANDOM,
            )
        })
        .unwrap();
    (key, recovery, envelope)
}

#[test]
fn the_passphrase_and_the_recovery_key_open_it_and_nothing_else_does() {
    let (key, recovery, envelope) = sealed();
    let folder = tempfile::tempdir().unwrap();
    let path = envelope_path(&folder.path().join("books.tally"));
    envelope.write(&path).unwrap();
    let envelope = Envelope::read(&path).unwrap();
    assert_eq!(envelope.workspace(), WORKSPACE);
    assert!(envelope.fits(&key) && !envelope.is_demo() && envelope.has_passphrase());

    let right = secret("correct horse battery");
    let opened = envelope.open_with_passphrase(&right).unwrap();
    assert!(envelope.fits(&opened), "the passphrase gives the key");
    let typed = RecoveryKey::parse(recovery.letters().reveal()).unwrap();
    let opened = envelope.open_with_recovery(&typed).unwrap();
    assert!(envelope.fits(&opened), "the recovery key gives the key");

    for wrong in ["correct horse battery ", "Correct horse battery", "", "x"] {
        let outcome = envelope.open_with_passphrase(&secret(wrong));
        assert!(matches!(outcome, Err(KeyError::WrongPassphrase)), "{wrong}");
    }
    let other = RecoveryKey::generate(RANDOM);
    let outcome = envelope.open_with_recovery(&other);
    assert!(matches!(outcome, Err(KeyError::WrongRecoveryKey)));
}

#[test]
fn a_key_is_never_written_in_clear_unless_the_workspace_is_a_demo() {
    let (key, recovery, envelope) = sealed();
    let text = String::from_utf8(envelope.text()).unwrap();
    let demo = Envelope::demo(WORKSPACE, &key);
    let in_clear = String::from_utf8(demo.text()).unwrap();
    let hex = in_clear
        .split('"')
        .find(|word| word.len() == 64)
        .expect("a demo's key is in its file")
        .to_owned();
    assert!(!text.contains(&hex), "the key in clear");
    assert!(
        !text.contains(recovery.letters().reveal()),
        "the recovery key"
    );
    assert!(!text.contains("horse"), "the passphrase");
    assert!(demo.clear().is_some() && envelope.clear().is_none());
    for shown in [
        format!("{key:?}"),
        format!("{recovery:?}"),
        format!("{:?}", secret("correct horse battery")),
        format!("{demo:?}"),
    ] {
        assert!(
            shown.contains("[redacted]") && !shown.contains(&hex) && !shown.contains("horse"),
            "{shown} says too much"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.tally.keys");
    sealed().2.write(&path).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn an_envelope_that_was_touched_is_refused_or_opens_nothing() {
    let (key, recovery, envelope) = sealed();
    let text = envelope.text();
    let right = secret("correct horse battery");
    for at in 0..text.len() {
        let mut touched = text.clone();
        touched[at] ^= 1;
        let Ok(envelope) = Envelope::parse(&touched, Path::new("x.keys")) else {
            continue;
        };
        // Whatever still reads gives the key itself or no key, never another one.
        for opened in [
            envelope.open_with_passphrase(&right),
            envelope.open_with_recovery(&recovery),
        ]
        .into_iter()
        .flatten()
        {
            assert!(Envelope::demo(WORKSPACE, &key).fits(&opened), "byte {at}");
        }
    }
    for end in [0, 1, text.len() / 2, text.len() - 3] {
        let outcome = Envelope::parse(&text[..end], Path::new("x.keys"));
        assert!(matches!(outcome, Err(KeyError::EnvelopeDamaged { .. })));
    }
}

#[test]
fn a_copy_moved_to_another_workspace_opens_nothing() {
    let (_, recovery, envelope) = sealed();
    let text = String::from_utf8(envelope.text()).unwrap();
    let moved = text.replace(&WORKSPACE.to_string(), &WorkspaceId([8; 16]).to_string());
    let envelope = Envelope::parse(moved.as_bytes(), Path::new("x.keys")).unwrap();
    assert!(envelope.open_with_recovery(&recovery).is_err());
    assert!(
        envelope
            .open_with_passphrase(&secret("correct horse battery"))
            .is_err()
    );
}

#[test]
fn a_missing_a_newer_and_an_absurd_envelope_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Envelope::read(&folder.path().join("none.keys"));
    assert!(matches!(missing, Err(KeyError::EnvelopeMissing(_))));
    let newer = Envelope::parse(b"{\"format\": 3, \"anything\": true}", Path::new("x"));
    assert!(matches!(newer, Err(KeyError::EnvelopeNewer(3))));
    // A file that asks for a terabyte of memory to check a passphrase is not ours.
    let text = String::from_utf8(sealed().2.text()).unwrap();
    let greedy = text.replace("\"memory_kib\": 8", "\"memory_kib\": 1073741824");
    assert_ne!(text, greedy);
    let outcome = Envelope::parse(greedy.as_bytes(), Path::new("x"));
    assert!(matches!(outcome, Err(KeyError::EnvelopeDamaged { .. })));
}

#[test]
fn an_envelope_of_the_first_format_still_opens() {
    let text = String::from_utf8(sealed().2.text()).unwrap();
    let first = text
        .replace("\"format\": 2", "\"format\": 1")
        .replace("    \"lanes\": 1,\n", "");
    assert!(!first.contains("lanes") && first.contains("\"format\": 1"));
    let envelope = Envelope::parse(first.as_bytes(), Path::new("x")).unwrap();
    let opened = envelope.open_with_passphrase(&secret("correct horse battery"));
    assert!(envelope.fits(&opened.unwrap()));
}

#[test]
fn a_short_passphrase_is_refused() {
    let (key, recovery, _) = sealed();
    let outcome = Envelope::seal(WORKSPACE, &key, &recovery, RANDOM).and_then(|envelope| {
        envelope.with_passphrase(&key, &secret("ünsafe!"), PassphraseCost::LEAST, RANDOM)
    });
    assert!(matches!(outcome, Err(KeyError::PassphraseTooShort)));
}

#[test]
fn a_keychain_that_is_not_to_be_used_is_not_asked() {
    let key = DataKey::generate(RANDOM);
    assert!(matches!(
        Keychain::Unused.find(WORKSPACE),
        Err(KeyError::NoKeychain)
    ));
    assert!(matches!(
        Keychain::Unused.keep(WORKSPACE, &key),
        Err(KeyError::NoKeychain)
    ));
}
