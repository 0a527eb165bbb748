//! Folders with names that mean harm, and with things in them that are no files.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use tallyport_servers::FaultyS3;

use crate::stage::{PREFIX, Stage};

/// What nobody has dropped and nobody may read.
const SECRET: &[u8] = b"canary-outside-of-the-drop";

/// What is hostile about a name, by itself and around an ordinary one.
const SEEDS: &[&str] = &[
    "..\\..\\up",
    "C:\\Windows\\win.ini",
    "C:relative",
    "\\\\server\\share\\file",
    "file:stream",
    "CON",
    "con.txt",
    "NUL",
    "AUX.log",
    "COM1",
    "LPT9.pdf",
    "PRN ",
    "trailing.",
    "trailing ",
    " leading",
    ".hidden",
    "...",
    ". .",
    "~",
    "~root",
    "$HOME",
    "`id`",
    "$(id)",
    ";rm -rf",
    "|cat",
    "a&b",
    "a+b",
    "a b",
    "a%20b",
    "a%2Fb",
    "%2e%2e%2fup",
    "%00",
    "a#b",
    "a?b=c",
    "a*b",
    "a\"b",
    "a'b",
    "<script>",
    "a>b",
    "a=b",
    "@SUM(1)",
    "=1+1",
    "-flag",
    "--on-clash",
    "\n",
    "two\nlines",
    "tab\there",
    "\r",
    "\u{1b}[31mred",
    "\u{7f}",
    "\u{202e}fdp.exe",
    "\u{200b}",
    "\u{feff}bom",
    "\u{2028}",
    "e\u{301}",
    "\u{e9}",
    "\u{212b}",
    "A\u{30a}",
    "\u{df}",
    "SS",
    "\u{130}",
    "\u{131}",
    "\u{1f4a9}",
    "\u{10ffff}",
    "\u{fffd}",
    "\u{ff0e}\u{ff0e}",
    "\u{2024}\u{2024}",
    "\u{2215}up",
    "\u{ff0f}up",
    "workspace",
    "Thumbs.db",
    ".DS_Store",
    "desktop.ini",
    "?versionId=x",
    "?uploads",
    "?acl",
    "&partNumber=1",
    "index.html",
];

fn hostile_names() -> Vec<OsString> {
    let mut names: Vec<OsString> = vec![];
    for seed in SEEDS {
        for name in [
            (*seed).to_owned(),
            format!("x{seed}"),
            format!("{seed}.txt"),
            format!("{seed}{seed}"),
        ] {
            names.push(name.into());
        }
    }
    for length in [200, 254, 255] {
        names.push("n".repeat(length).into());
    }
    names.push("\u{e9}".repeat(127).into());
    for bytes in [
        &b"\xff\xfe"[..],
        b"caf\xe9",
        b"\xed\xa0\x80",
        b"\xc0\xae\xc0\xae",
        b"\xf5bad",
    ] {
        names.push(OsString::from_vec(bytes.to_vec()));
    }
    names
}

#[test]
fn three_hundred_hostile_names_stay_below_the_prefix_and_none_is_lost_silently() {
    let stage = Stage::new();
    let drop = stage.path("drop");
    fs::create_dir(&drop).unwrap();
    let mut contents = BTreeMap::new();
    let names = hostile_names();
    assert!(names.len() >= 300, "{}", names.len());
    for (number, name) in names.iter().enumerate() {
        let content = format!("content {number}");
        fs::write(drop.join(name), &content).unwrap();
        contents.insert(content, name.clone());
    }
    let on_disk = fs::read_dir(&drop).unwrap().count();
    let sent = stage.send(&[&drop]);
    let held = stage.held();
    assert!(held.uploads.is_empty());
    for key in held.objects.keys() {
        let rest = key.strip_prefix(&format!("{PREFIX}drop/"));
        let rest = rest.unwrap_or_else(|| panic!("{key:?} is outside of the drop's folder"));
        assert!(!rest.split('/').any(|segment| segment == ".."), "{key:?}");
        assert!(!rest.contains('/'), "{key:?} made a folder of a name");
        let body = String::from_utf8(stage.bytes(&format!("drop/{rest}"))).unwrap();
        assert!(
            contents.remove(&body).is_some(),
            "{key:?} holds {body:?}, for the second time"
        );
    }
    let arrived = held.objects.len();
    let told = ["files_failed", "files_skipped", "clashes"]
        .iter()
        .map(|count| sent.ended[*count].as_u64().unwrap_or_default() as usize)
        .sum::<usize>();
    assert_eq!(
        arrived + told,
        on_disk,
        "{contents:?} neither arrived nor was told\n{}",
        sent.text
    );
    assert_eq!(
        sent.receipts.len(),
        arrived,
        "a receipt for each that arrived, and for no other"
    );
    println!("{arrived} of {on_disk} arrived, {told} were told");
}

#[test]
fn what_is_no_file_is_never_read_and_nothing_hangs() {
    let stage = Stage::new();
    let outside = stage.write("outside/secret.txt", SECRET);
    let drop = stage.path("drop");
    fs::create_dir_all(drop.join("inner")).unwrap();
    fs::write(drop.join("plain.txt"), b"plain").unwrap();
    symlink(&outside, drop.join("link to a file outside")).unwrap();
    symlink(
        outside.parent().unwrap(),
        drop.join("link to a folder outside"),
    )
    .unwrap();
    symlink("/etc/passwd", drop.join("link to the system")).unwrap();
    symlink("/dev/zero", drop.join("link to a device")).unwrap();
    symlink("..", drop.join("inner/loop")).unwrap();
    symlink("self", drop.join("self")).unwrap();
    symlink("nowhere", drop.join("dangling")).unwrap();
    made("mkfifo", &[], &drop.join("pipe"));
    // Only root may make devices; the link above is one for everybody.
    let _ = Command::new("mknod")
        .arg(drop.join("zero"))
        .args(["c", "1", "5"])
        .status();
    let _socket = std::os::unix::net::UnixListener::bind(drop.join("socket")).unwrap();
    let sent = stage.send(&[&drop]);
    let held = stage.held();
    let keys: Vec<&str> = held.objects.keys().map(String::as_str).collect();
    assert!(
        keys.contains(&format!("{PREFIX}drop/plain.txt").as_str()),
        "{keys:?}\n{}",
        sent.text
    );
    for key in keys {
        let bytes = stage.bytes(key.strip_prefix(PREFIX).unwrap());
        assert_ne!(bytes, SECRET, "{key} was read from outside of the drop");
        assert!(
            !bytes.starts_with(b"root:"),
            "{key} is a file of the system"
        );
        assert!(bytes.len() < 1_000, "{key} has {} bytes", bytes.len());
    }
    for told in ["pipe", "link to a file outside", "link to a device", "loop"] {
        assert!(
            sent.text.contains(told),
            "{told} was left out and not told: {}",
            sent.text
        );
    }
}

fn made(program: &str, options: &[&str], path: &Path) {
    assert!(
        Command::new(program)
            .args(options)
            .arg(path)
            .status()
            .unwrap()
            .success()
    );
}

/// Keys that somebody with the right to write may have written.
const HOSTILE_KEYS: &[&str] = &[
    "x/../../planted",
    "x/../planted",
    "./planted",
    "a//b",
    "/etc/planted",
    "//planted",
    "..\\..\\planted",
    "C:\\planted",
    "C:/planted",
    "con",
    "aux.txt",
    "trailing./planted",
    "trailing /planted",
    "folder/",
    "folder",
    "folder/file",
    "link/planted",
    "link",
    "up",
    "\u{202e}planted",
    "new\nline",
    "~/planted",
    "x/..",
    "x/.",
    "name:stream",
    "\u{ff0e}\u{ff0e}/planted",
    "%2e%2e/planted",
    "A/file",
    "a/FILE",
];

#[test]
fn hostile_keys_are_fetched_below_the_chosen_folder_or_told_and_nowhere_else() {
    let stage = Stage::new();
    let mut held = 0;
    for (number, key) in HOSTILE_KEYS.iter().enumerate() {
        let key = format!("{PREFIX}{key}");
        let body = format!("object {number}");
        // What the store itself refuses nobody can fetch.
        held += usize::from(
            stage
                .server
                .put(FaultyS3::BUCKET, &key, body.as_bytes())
                .is_ok(),
        );
    }
    assert!(held >= 20, "{held}");
    let outside = stage.path("outside");
    fs::create_dir(&outside).unwrap();
    let into = stage.path("chosen/into");
    fs::create_dir_all(&into).unwrap();
    symlink(&outside, into.join("link")).unwrap();
    symlink(outside.join("through"), into.join("up")).unwrap();

    let fetch = into.display().to_string();
    let options = ["--on-clash", "replace", "--fetch", &fetch];
    let sent = stage.send_with(&[Path::new(PREFIX)], &options);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "{}", sent.text);
    let beside: Vec<_> = fs::read_dir(stage.path("chosen")).unwrap().collect();
    assert_eq!(
        beside.len(),
        1,
        "something lies beside the folder: {beside:?}"
    );
    let arrived = files_below(&into);
    let bodies: std::collections::BTreeSet<&String> = arrived.iter().collect();
    assert_eq!(bodies.len(), arrived.len(), "one object came twice");
    let told = ["files_failed", "files_skipped", "clashes"]
        .iter()
        .map(|count| sent.ended[*count].as_u64().unwrap_or_default() as usize)
        .sum::<usize>();
    assert!(
        arrived.len() + told >= held - 1,
        "{} of {held} arrived and {told} were told: {}",
        arrived.len(),
        sent.text
    );
    println!("{} of {held} arrived, {told} were told", arrived.len());
}

/// What the files below a folder hold; links are not followed.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            found.push(fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}
