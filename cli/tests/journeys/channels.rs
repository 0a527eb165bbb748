use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::mailbox::{Mailbox, repository};
use crate::stage::{Ran, Stage};

/// What the mail server of the oracles accepts.
const PASSWORD: &str = "Canary-SMTP-pa55word";

/// Runs the program at its most talkative, with a line on its standard input.
fn told(stage: &Stage, line: &str, arguments: &[&str]) -> Ran {
    let mut command = stage.command(arguments);
    command.env("TALLY_LOG", "trace").stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{line}").unwrap();
    drop(input);
    Ran::of(child)
}

#[test]
fn a_mail_channel_is_added_and_tried_and_its_password_stands_nowhere() {
    let stage = Stage::new();
    let (mailbox, port) = Mailbox::start("tls");
    let authority = repository("crates/notify/tests/certificates/authority.pem");
    let (port, authority) = (port.to_string(), authority.display().to_string());
    let mut said = String::new();
    let added = told(
        &stage,
        PASSWORD,
        &[
            "channels",
            "add",
            "mail",
            "Finance",
            "--host",
            "localhost",
            "--port",
            &port,
            "--user",
            "finance@example.com",
            "--from",
            "tallyport@example.com",
            "--to",
            "cfo@example.com",
            "--certificate",
            &authority,
        ],
    );
    assert_eq!(added.code, 0, "{}", added.err);
    said.push_str(&added.out);
    said.push_str(&added.err);

    let tested = told(&stage, "", &["channels", "test", "finance"]);
    assert_eq!(tested.code, 0, "{}", tested.err);
    assert_eq!(tested.out, "Finance: sent.\n");
    said.push_str(&tested.err);
    let mail = mailbox.next();
    assert_eq!(mail["user"], "finance@example.com");
    assert_eq!(mail["to"][0], "cfo@example.com");
    drop(mailbox);

    let tested = told(&stage, "", &["channels", "test", "Finance", "--json"]);
    assert_eq!(tested.code, 7, "the server is gone: {}", tested.err);
    let delivery: Value = serde_json::from_str(&tested.out).unwrap();
    assert_eq!(delivery["state"], "failed");
    said.push_str(&tested.out);
    said.push_str(&tested.err);

    for words in [
        &["channels", "list", "--json"][..],
        &["channels", "log", "--json"],
    ] {
        let ran = told(&stage, "", words);
        assert_eq!(ran.code, 0, "{}", ran.err);
        said.push_str(&ran.out);
        said.push_str(&ran.err);
    }
    assert!(
        said.contains("TRACE"),
        "the most talkative level was listened to"
    );
    assert!(!said.contains("Canary"), "{said}");
    // Not in the workspace either, which is encrypted, nor in anything beside it.
    let mut folders = vec![stage.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                let found = bytes.windows(6).any(|part| part == b"Canary");
                assert!(!found, "{}", path.display());
            }
        }
    }

    stage.tally(&["channels", "remove", "Finance"]).ok();
    let left = stage.json(&["channels", "list"]);
    assert_eq!(
        left["channels"].as_array().unwrap().len(),
        1,
        "the desktop is left"
    );
}

#[test]
fn a_channel_is_changed_and_keeps_what_is_not_said_its_secret_too() {
    let stage = Stage::new();
    let address = "https://hooks.example.com/services/Canary";
    let added = told(
        &stage,
        address,
        &["channels", "add", "slack", "Chat", "--least", "warning"],
    );
    assert_eq!(added.code, 0, "{}", added.err);
    let channel = || stage.json(&["channels", "list"])["channels"][1].clone();
    stage
        .tally(&[
            "channels", "edit", "chat", "--rename", "Costs", "--digest", "08:00", "--zone", "UTC",
        ])
        .ok();
    let first = channel();
    assert_eq!(first["name"], "Costs");
    assert_eq!(first["least"], "warning", "as it was");
    assert_eq!(first["digest"]["at"], "08:00");
    assert_eq!(first["settings"]["host"], "hooks.example.com");
    assert_eq!(first["has_secret"], true);

    stage
        .tally(&[
            "channels",
            "edit",
            "Costs",
            "--off",
            "--no-digest",
            "--allow-private",
        ])
        .ok();
    let second = channel();
    assert_eq!(second["enabled"], false);
    assert_eq!(second["digest"], Value::Null);
    assert_eq!(second["settings"]["allow_private"], true);
    stage
        .tally(&["channels", "edit", "Costs", "--on", "--allow-private=false"])
        .ok();
    let third = channel();
    assert_eq!(
        (&third["enabled"], &third["least"]),
        (&true.into(), &"warning".into())
    );
    assert_eq!(third["settings"]["allow_private"], false);

    let other = told(
        &stage,
        "https://chat.example.org/Canary",
        &["channels", "edit", "Costs", "--secret"],
    );
    assert_eq!(other.code, 0, "{}", other.err);
    assert_eq!(channel()["settings"]["host"], "chat.example.org");
    let wrong = stage.tally(&["channels", "edit", "Costs", "--port", "25"]);
    assert_eq!(wrong.code, 4, "a chat has no port: {wrong:?}");
    let nobody = stage.tally(&["channels", "edit", "Nothing", "--off"]);
    assert_eq!(nobody.code, 3, "{nobody:?}");
}

#[test]
fn a_secret_that_is_not_given_is_asked_for_in_words() {
    let stage = Stage::new();
    let ran = stage.tally(&["channels", "add", "slack", "Chat"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("standard input"), "{}", ran.err);
    let ran = told(
        &stage,
        "not a url Canary",
        &["channels", "add", "slack", "Chat"],
    );
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        !ran.err.contains("Canary") && !ran.out.contains("Canary"),
        "{ran:?}"
    );
}
