//! Rules for the interface and for what the window lets it do.

use std::fs;

use crate::{
    hold,
    tree::{Source, root, sources},
};

fn scripts() -> Vec<Source> {
    sources("ui/src", &[".ts", ".tsx"])
}

#[test]
fn only_the_host_folder_knows_tauri() {
    let broken: Vec<String> = scripts()
        .into_iter()
        .filter(|source| !source.path.starts_with("ui/src/host/"))
        .filter(|source| source.text.contains("@tauri-apps"))
        .map(|source| source.path)
        .collect();
    hold(
        "The interface has one door to the program, ui/src/host:",
        &broken,
    );
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let broken: Vec<String> = scripts()
        .into_iter()
        .filter(|source| {
            [
                "dangerouslySetInnerHTML",
                ".innerHTML",
                "document.write",
                "eval(",
            ]
            .iter()
            .any(|way| source.text.contains(way))
        })
        .map(|source| source.path)
        .collect();
    hold("Names and tags are shown as text:", &broken);
}

#[test]
fn features_do_not_import_each_other() {
    let features: Vec<String> = fs::read_dir(root().join("ui/src/features"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let mut broken = Vec::new();
    for source in sources("ui/src/features", &[".ts", ".tsx"]) {
        let own = source.path.split('/').nth(3).unwrap_or_default();
        for line in source
            .text
            .lines()
            .filter(|line| line.contains("from '") || line.contains("from \""))
        {
            for other in features.iter().filter(|other| other.as_str() != own) {
                let ways = [format!("../{other}/"), format!("features/{other}/")];
                if ways.iter().any(|way| line.contains(way.as_str())) {
                    broken.push(format!("{} imports {other}", source.path));
                }
            }
        }
    }
    hold("What two features share lies in ui/src/shared:", &broken);
}

#[test]
fn no_test_of_the_interface_is_switched_off() {
    let mut broken = Vec::new();
    for folder in ["ui/src", "ui/e2e", "tests/window"] {
        for source in sources(folder, &[".ts", ".tsx", ".mjs"]) {
            let off = [
                "test.skip(",
                "it.skip(",
                "describe.skip(",
                "test.only(",
                "it.only(",
                "test.fixme(",
            ];
            if off.iter().any(|way| source.text.contains(way)) {
                broken.push(source.path);
            }
        }
    }
    hold("A test runs or is deleted:", &broken);
}

/// What the window may be asked to do. A new command is a new line here: this list is the one that
/// is reviewed.
const MAY: &[&str] = &[
    "allow-api",
    "allow-create",
    "allow-download-files",
    "allow-habits",
    "allow-import-paths",
    "allow-look-ahead",
    "allow-open-workspace",
    "allow-painted",
    "allow-pick-files",
    "allow-pick-folder",
    "allow-pick-uploads",
    "allow-save-file",
    "allow-save-from-door",
    "allow-set-habits",
    "allow-subscribe",
    "allow-unlock",
    "allow-upload-paths",
    "allow-workspace-state",
    "core:event:allow-listen",
    "core:event:allow-unlisten",
];

fn configuration() -> serde_json::Value {
    let text = fs::read_to_string(root().join("tauri.conf.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_window_may_do_what_was_reviewed_and_no_more() {
    let configuration = configuration();
    let capabilities = configuration["app"]["security"]["capabilities"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(capabilities.len(), 1, "one capability, for the one window");
    assert_eq!(capabilities[0]["windows"], serde_json::json!(["main"]));
    assert!(
        capabilities[0].get("remote").is_none(),
        "no other origin may call a command"
    );
    let broken: Vec<String> = capabilities[0]["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap_or("an object").to_owned())
        .filter(|permission| !MAY.contains(&permission.as_str()))
        .collect();
    hold("Each permission of the window was reviewed:", &broken);
}

#[test]
fn the_window_runs_only_its_own_scripts() {
    let policy = configuration()["app"]["security"]["csp"]
        .as_str()
        .unwrap()
        .to_owned();
    let rule = |name: &str| {
        policy
            .split(';')
            .map(str::trim)
            .find_map(|rule| rule.strip_prefix(name).map(str::trim))
            .map(str::to_owned)
    };
    assert_eq!(rule("default-src").as_deref(), Some("'none'"));
    assert_eq!(rule("script-src").as_deref(), Some("'self'"));
    assert_eq!(rule("base-uri").as_deref(), Some("'none'"));
    assert_eq!(rule("form-action").as_deref(), Some("'none'"));
    assert!(!policy.contains("unsafe-eval"));
}
