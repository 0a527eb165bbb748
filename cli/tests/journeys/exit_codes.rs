use crate::stage::Stage;

#[test]
fn each_kind_of_failure_has_its_exit_code() {
    let stage = Stage::with_focus_sample();
    let bad = stage.write("bad.csv", "nothing,of,the,kind\n1,2,3,4\n");
    for (code, arguments) in [
        (0, &["periods"][..]),
        (2, &["costs"]),
        (2, &["frobnicate"]),
        (2, &["rules", "add", "--owner", "person:Nobody"]),
        (3, &["people", "month", "Nobody", "--month", "2024-09"]),
        (3, &["rules", "delete", "4711"]),
        (3, &["invoices", "issue", "4711"]),
        (3, &["api", "GET", "/api/v1/nowhere"]),
        (4, &["import", &bad]),
        (4, &["costs", "--month", "2024-13"]),
        (4, &["costs", "--month", "2024-09", "--by", "horoscope"]),
        (4, &["api", "GET", "/api/v1/costs?month=2024-09&persn=ada"]),
    ] {
        let ran = stage.tally(arguments);
        assert_eq!(ran.code, code, "tally {arguments:?}: {ran:?}");
        assert_eq!(ran.err.is_empty(), code == 0, "{ran:?}");
    }
    stage
        .tally(&["people", "add", "Ada", "--email", "ada@example.com"])
        .ok();
    let twice = stage.tally(&["people", "add", "Ada", "--email", "ada@example.com"]);
    assert_eq!(twice.code, 5, "a name is taken: {twice:?}");
    let over = stage.tally(&["init"]);
    assert_eq!(over.code, 5, "init overwrites nothing: {over:?}");
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_says_what_to_do() {
    let stage = Stage::new();
    let mut command = stage.command(&["periods"]);
    command.env("TALLY_PASSPHRASE", "wrong horse");
    let refused = crate::stage::Ran::of(command.spawn().unwrap());
    assert_eq!(refused.code, 6, "{refused:?}");
    assert!(!refused.err.is_empty());

    let mut command = stage.command(&["periods", "--json"]);
    command.env_remove("TALLY_PASSPHRASE");
    let asked = crate::stage::Ran::of(command.spawn().unwrap());
    assert_eq!(
        asked.code, 6,
        "without a terminal nobody can be asked: {asked:?}"
    );
    let problem: serde_json::Value = serde_json::from_str(&asked.out).unwrap();
    assert!(problem["error"]["hint"].is_string(), "{problem}");
}

#[test]
fn a_workspace_that_is_not_there_is_not_found() {
    let stage = Stage::empty();
    let ran = stage.tally(&["periods"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("tally init"), "{}", ran.err);
}

#[test]
fn a_failure_is_one_json_value_for_scripts_and_a_sentence_for_people() {
    let stage = Stage::new();
    let ran = stage.tally(&["rules", "delete", "4711", "--json"]);
    assert_eq!(ran.code, 3);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["error"]["status"], 404, "{answer}");
    assert!(answer["error"]["code"].is_string());
    assert!(ran.err.contains("4711"), "{}", ran.err);
}
