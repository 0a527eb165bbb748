//! The table of who may use whom, held against the manifests.

use std::{collections::BTreeMap, fs};

use crate::{hold, tree::root};

/// A room: its manifest, what of ours it may use, and what of ours only its tests may use.
struct Room {
    name: &'static str,
    folder: &'static str,
    uses: &'static [&'static str],
    tests_use: &'static [&'static str],
}

const fn room(
    name: &'static str,
    folder: &'static str,
    uses: &'static [&'static str],
    tests_use: &'static [&'static str],
) -> Room {
    Room {
        name,
        folder,
        uses,
        tests_use,
    }
}

/// Arrows point down only. A new room is a new line here and in ARCHITECTURE.md.
const ROOMS: &[Room] = &[
    room("ledger", "crates/ledger", &[], &[]),
    room("store", "crates/store", &["ledger"], &[]),
    room("aws", "crates/aws", &["ledger"], &["sandbox"]),
    room("lake", "crates/lake", &["ledger"], &[]),
    room(
        "transfer",
        "crates/transfer",
        &["ledger", "store"],
        &["sandbox", "servers"],
    ),
    room("insight", "crates/insight", &["ledger"], &[]),
    room("notify", "crates/notify", &["ledger"], &["sandbox"]),
    room("documents", "crates/documents", &["ledger"], &[]),
    room("sandbox", "crates/sandbox", &[], &[]),
    room(
        "workspace",
        "crates/workspace",
        &[
            "ledger",
            "store",
            "lake",
            "aws",
            "documents",
            "insight",
            "notify",
            "transfer",
        ],
        &["sandbox"],
    ),
    room("demo", "crates/demo", &["workspace", "sandbox"], &[]),
    room("memory", "crates/memory", &[], &[]),
    room("api", "crates/api", &["workspace", "ledger"], &["sandbox"]),
    room("tally", "cli", &["api", "workspace", "demo", "memory"], &[]),
    room(
        "tallyport",
        ".",
        &["api", "workspace", "demo", "memory"],
        &[],
    ),
    room("xtask", "xtask", &[], &[]),
    room("program-tests", "tests", &[], &[]),
    room("servers", "tests/servers", &["sandbox"], &[]),
];

/// Crates that only some rooms may use: a prefix ending in `*`, or a whole name.
const RESERVED: &[(&str, &[&str])] = &[
    (
        "aws-sdk-*",
        &["aws", "lake", "transfer", "sandbox", "notify", "servers"],
    ),
    ("aws-smithy-*", &["aws", "transfer", "sandbox", "servers"]),
    ("aws-runtime", &["transfer"]),
    ("aws-credential-types", &["aws", "sandbox"]),
    // The one type of the SDK that crosses a seam.
    (
        "aws-config",
        &[
            "aws",
            "transfer",
            "sandbox",
            "workspace",
            "notify",
            "servers",
        ],
    ),
    ("rusqlite*", &["store"]),
    ("keyring*", &["store"]),
    ("argon2", &["store"]),
    ("printpdf", &["documents"]),
    ("krilla", &["documents"]),
    ("usvg", &["documents"]),
    ("croner", &["workspace"]),
    ("csv", &["lake", "sandbox", "workspace"]),
    ("parquet", &["lake", "sandbox"]),
    ("arrow-*", &["lake", "sandbox"]),
    ("s3s", &["sandbox", "servers"]),
    ("axum", &["api", "tally", "tallyport"]),
    ("utoipa*", &["api"]),
    ("clap", &["tally"]),
    ("libc", &["memory"]),
    ("tauri*", &["tallyport"]),
];

/// What the ledger may use of others: nothing that reads, waits or writes.
const LEDGER_USES: &[&str] = &["jiff", "thiserror", "foldhash", "hashbrown", "ssh-key"];

fn manifest(folder: &str) -> toml::Table {
    let path = root().join(folder).join("Cargo.toml");
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn names(manifest: &toml::Table, section: &str) -> Vec<String> {
    let table = manifest.get(section).and_then(toml::Value::as_table);
    table
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

fn ours(names: &[String]) -> Vec<String> {
    names
        .iter()
        .filter_map(|name| name.strip_prefix("tallyport-"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_package_is_a_room_in_the_table() {
    let mut folders: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .map(|name| format!("crates/{name}"))
        .collect();
    folders.sort();
    let mut known: Vec<&str> = ROOMS
        .iter()
        .map(|room| room.folder)
        .filter(|folder| folder.starts_with("crates/"))
        .collect();
    known.sort_unstable();
    assert_eq!(
        folders, known,
        "each folder below crates/ stands in the table of rooms"
    );
}

#[test]
fn arrows_point_down_only() {
    let mut broken = Vec::new();
    for room in ROOMS {
        let manifest = manifest(room.folder);
        for used in ours(&names(&manifest, "dependencies")) {
            if !room.uses.contains(&used.as_str()) {
                broken.push(format!("{} uses {used}", room.name));
            }
        }
        for section in ["dev-dependencies", "build-dependencies"] {
            for used in ours(&names(&manifest, section)) {
                if !room.uses.contains(&used.as_str()) && !room.tests_use.contains(&used.as_str()) {
                    broken.push(format!("{} uses {used} in its {section}", room.name));
                }
            }
        }
    }
    hold("A room uses only what the table allows:", &broken);
}

#[test]
fn the_table_itself_has_no_circle() {
    let uses: BTreeMap<&str, &[&str]> = ROOMS.iter().map(|room| (room.name, room.uses)).collect();
    fn depth(name: &str, uses: &BTreeMap<&str, &[&str]>, left: usize) -> usize {
        assert!(left > 0, "{name} lies on a circle of arrows");
        let below = uses.get(name).copied().unwrap_or_default();
        1 + below
            .iter()
            .map(|next| depth(next, uses, left - 1))
            .max()
            .unwrap_or(0)
    }
    for room in ROOMS {
        assert!(depth(room.name, &uses, ROOMS.len() + 1) <= ROOMS.len());
    }
}

#[test]
fn what_is_reserved_stays_in_its_room() {
    let mut broken = Vec::new();
    for room in ROOMS {
        let manifest = manifest(room.folder);
        for used in names(&manifest, "dependencies") {
            for (reserved, rooms) in RESERVED {
                let is = match reserved.strip_suffix('*') {
                    Some(prefix) => used.starts_with(prefix),
                    None => used == *reserved,
                };
                if is && !rooms.contains(&room.name) {
                    broken.push(format!(
                        "{} uses {used}, which belongs to {rooms:?}",
                        room.name
                    ));
                }
            }
        }
    }
    hold("Some crates stay in their room:", &broken);
}

#[test]
fn the_ledger_uses_nothing_that_reads_waits_or_writes() {
    let used = names(&manifest("crates/ledger"), "dependencies");
    let broken: Vec<String> = used
        .into_iter()
        .filter(|name| !LEDGER_USES.contains(&name.as_str()))
        .collect();
    hold("The ledger is pure:", &broken);
}

#[test]
fn lints_and_versions_are_said_once_in_the_root() {
    let mut broken = Vec::new();
    for room in ROOMS {
        let manifest = manifest(room.folder);
        let inherits = |table: Option<&toml::Value>| {
            table
                .and_then(|table| table.get("workspace"))
                .and_then(toml::Value::as_bool)
                == Some(true)
        };
        if !inherits(manifest.get("lints")) {
            broken.push(format!("{} has lints of its own", room.name));
        }
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let table = manifest.get(section).and_then(toml::Value::as_table);
            for (name, value) in table.into_iter().flatten() {
                if !inherits(Some(value)) {
                    broken.push(format!("{} says the version of {name} itself", room.name));
                }
            }
        }
    }
    hold("The root manifest holds lints and versions:", &broken);
}

/// The SDK's default features link a TLS library with known advisories (libraries are chosen once,
/// in the root manifest, so that is where it can go wrong).
#[test]
fn no_part_of_the_sdk_comes_with_its_default_features() {
    let root = manifest(".");
    let table = root["workspace"]["dependencies"].as_table().unwrap();
    let broken: Vec<String> = table
        .iter()
        .filter(|(name, _)| name.starts_with("aws-sdk-") || name.as_str() == "aws-config")
        .filter(|(_, value)| {
            value.get("default-features").and_then(toml::Value::as_bool) != Some(false)
        })
        .map(|(name, _)| name.clone())
        .collect();
    hold("SDK crates state default-features = false:", &broken);
}
