//! Rules for the Rust sources and the migrations.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::{
    hold,
    tree::{Source, sources},
};

/// Longer than this and a file is more than one thing.
const MOST_LINES: usize = 600;

/// Names that say nothing about what a file is for.
const EMPTY_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "manager", "misc",
];

fn rust() -> Vec<Source> {
    ["crates", "cli", "src-tauri", "xtask", "tests"]
        .iter()
        .flat_map(|folder| sources(folder, &[".rs"]))
        .collect()
}

/// Walks the tokens of a file: comments are gone, strings are whole.
pub(crate) fn walk(source: &Source, visit: &mut dyn FnMut(&[TokenTree])) {
    let stream = TokenStream::from_str(&source.text)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", source.path));
    walk_stream(stream, visit);
}

fn walk_stream(stream: TokenStream, visit: &mut dyn FnMut(&[TokenTree])) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for position in 0..trees.len() {
        visit(&trees[position..]);
        if let TokenTree::Group(group) = &trees[position] {
            walk_stream(group.stream(), visit);
        }
    }
}

pub(crate) fn is_word(tree: Option<&TokenTree>, word: &str) -> bool {
    matches!(tree, Some(TokenTree::Ident(ident)) if *ident == word)
}

#[test]
fn files_are_short_enough_to_read() {
    let mut broken = Vec::new();
    for folder in [
        "crates",
        "cli",
        "src-tauri",
        "xtask",
        "tests",
        "ui",
        "migrations",
    ] {
        for source in sources(
            folder,
            &[".rs", ".ts", ".tsx", ".mjs", ".py", ".sql", ".css"],
        ) {
            let generated = source.path.contains(".gen.");
            let lines = source.text.lines().count();
            if lines > MOST_LINES && !generated {
                broken.push(format!("{} has {lines} lines", source.path));
            }
        }
    }
    hold("A file has at most 600 lines:", &broken);
}

#[test]
fn files_are_named_for_what_they_do() {
    let broken: Vec<String> = ["crates", "cli", "src-tauri", "xtask", "tests", "ui/src"]
        .iter()
        .flat_map(|folder| sources(folder, &[".rs", ".ts", ".tsx", ".mjs"]))
        .map(|source| source.path)
        .filter(|path| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let stem = name.split('.').next().unwrap_or_default().to_lowercase();
            EMPTY_NAMES.contains(&stem.as_str())
        })
        .collect();
    hold("A name says what is inside:", &broken);
}

#[test]
fn no_test_is_switched_off() {
    let mut broken = Vec::new();
    for source in rust() {
        walk(&source, &mut |trees| {
            let marked =
                matches!(trees.first(), Some(TokenTree::Punct(mark)) if mark.as_char() == '#');
            let Some(TokenTree::Group(group)) = trees.get(1) else {
                return;
            };
            if marked && is_word(group.stream().into_iter().next().as_ref(), "ignore") {
                broken.push(source.path.clone());
            }
        });
    }
    hold("A test runs or is deleted:", &broken);
}

#[test]
fn unsafe_code_stays_in_its_room() {
    let mut broken = Vec::new();
    for source in rust() {
        walk(&source, &mut |trees| {
            if is_word(trees.first(), "unsafe") && !source.path.starts_with("crates/memory/") {
                broken.push(source.path.clone());
            }
        });
    }
    hold("Unsafe code is in crates/memory alone:", &broken);
}

/// The parts of a statement that a value could be smuggled into.
const STATEMENTS: &[&str] = &[
    "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "FROM ", "WHERE ", "ORDER BY", "GROUP BY",
    "PRAGMA ",
];

#[test]
fn no_statement_is_put_together_from_values() {
    let mut broken = Vec::new();
    for source in sources("crates/store/src", &[".rs"]) {
        walk(&source, &mut |trees| {
            let Some(TokenTree::Ident(name)) = trees.first() else {
                return;
            };
            let formats = ["format", "write", "writeln", "format_args"];
            let called =
                matches!(trees.get(1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
            if !called || !formats.contains(&name.to_string().as_str()) {
                return;
            }
            let Some(TokenTree::Group(group)) = trees.get(2) else {
                return;
            };
            for inside in group.stream() {
                let TokenTree::Literal(text) = inside else {
                    continue;
                };
                let text = text.to_string();
                if STATEMENTS.iter().any(|word| text.contains(word)) {
                    broken.push(format!("{}: {name}!({text} …)", source.path));
                }
            }
        });
    }
    hold("SQL takes values as parameters, never by format!:", &broken);
}

/// Where SQL stands that AWS runs and the workspace file never sees: exports are asked for in it, and
/// rolled up where they lie; the sandbox reads it as AWS does.
const SQL_OF_AWS: &[&str] = &[
    "crates/aws/src/exports/",
    "crates/lake/src/athena/",
    "crates/sandbox/src/exports/",
];

#[test]
fn only_the_store_knows_sql() {
    let mut broken = Vec::new();
    for source in rust() {
        if source.path.starts_with("crates/store/")
            || source.path.starts_with("tests/architecture/")
            || source.path.contains("/tests/")
            || SQL_OF_AWS
                .iter()
                .any(|folder| source.path.starts_with(folder))
        {
            continue;
        }
        walk(&source, &mut |trees| {
            let Some(TokenTree::Literal(text)) = trees.first() else {
                return;
            };
            let text = text.to_string();
            let said = |words: &[&str]| words.iter().all(|word| text.contains(word));
            if said(&["SELECT ", " FROM "]) || said(&["INSERT INTO "]) || said(&["DELETE FROM "]) {
                broken.push(format!(
                    "{}: {}",
                    source.path,
                    text.chars().take(60).collect::<String>()
                ));
            }
        });
    }
    hold("SQL stands in crates/store only:", &broken);
}

/// Places in which a float may stand at all: coordinates on paper, statistics, which leave their room as
/// money, and the one door through which what AWS writes as DOUBLE comes in as a decimal
/// (docs/decisions/0007).
const FLOAT_ROOMS: &[&str] = &[
    "crates/documents/",
    "crates/insight/",
    "crates/lake/src/parquet/decimals.rs",
];

#[test]
fn floats_stay_on_paper() {
    let mut broken = Vec::new();
    for source in rust() {
        let tests = source.path.contains("/tests/") || source.path.starts_with("tests/");
        if tests || FLOAT_ROOMS.iter().any(|room| source.path.starts_with(room)) {
            continue;
        }
        walk(&source, &mut |trees| {
            // A type comes after a mark or `as`; a macro's list of all primitive types does not.
            let before =
                matches!(trees.first(), Some(TokenTree::Punct(_))) || is_word(trees.first(), "as");
            if before && (is_word(trees.get(1), "f64") || is_word(trees.get(1), "f32")) {
                broken.push(source.path.clone());
            }
        });
    }
    broken.dedup();
    hold("Money is never a float, so no other room has one:", &broken);
}

#[test]
fn every_room_opens_with_what_it_does_and_what_it_never_does() {
    let mut broken = Vec::new();
    for source in sources("crates", &["lib.rs"]) {
        let page: String = source
            .text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect();
        if page.len() < 80 || !page.contains("Invariants") {
            broken.push(source.path);
        }
    }
    hold(
        "A room's lib.rs opens with its page and its invariants:",
        &broken,
    );
}

#[test]
fn migrations_are_numbered_without_gap_and_open_with_their_reason() {
    let migrations = sources("migrations", &[".sql"]);
    assert!(!migrations.is_empty(), "there is at least the first one");
    let mut broken = Vec::new();
    for (position, source) in migrations.iter().enumerate() {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        if !name.starts_with(&format!("{:04}_", position + 1)) {
            broken.push(format!("{} should be number {}", source.path, position + 1));
        }
        if !source.text.starts_with("-- ") {
            broken.push(format!("{} does not say why it is there", source.path));
        }
    }
    hold("Migrations are in order:", &broken);
}
