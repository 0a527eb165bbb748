use std::path::Path;

use crate::stage::Stage;

/// Compares a committed document with what the program prints; `UPDATE=1` writes it.
fn current(name: &str, command: &str) {
    let printed = Stage::empty().tally(&[command]).ok();
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == printed,
        "docs/{name} is stale: write it again with `tally {command} > docs/{name}`"
    );
}

#[test]
fn the_description_of_the_programming_interface_is_current() {
    current("openapi.json", "openapi");
}

#[test]
fn the_manual_of_the_command_line_is_current() {
    current("command-line.md", "manual");
}
