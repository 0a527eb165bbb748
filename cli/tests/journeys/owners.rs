use crate::figures::nanos;
use crate::stage::{Stage, word};

const SAMPLE_TOTAL: i128 = 20_280_226_729;

#[test]
fn a_tag_rule_gives_its_charges_to_a_person_and_the_rest_stays_a_visible_row() {
    let stage = Stage::with_focus_sample();
    let before = stage.costs(&["--month", "2024-09", "--by", "person"]);
    assert_eq!(before[0], ("Unowned".to_owned(), "20.280226729".to_owned()));

    stage
        .tally(&[
            "people",
            "add",
            "Ada Lovelace",
            "--email",
            "ada@example.com",
        ])
        .ok();
    let tagged = stage.costs(&["--month", "2024-09", "--tag", "environment=dev"]);
    let rule = stage.json(&[
        "rules",
        "add",
        "--owner",
        "person:Ada Lovelace",
        "--tag",
        "environment=dev",
    ]);
    assert!(
        rule["reallocated"]["charges"].as_u64().unwrap() > 0,
        "{rule}"
    );

    let after = stage.costs(&["--month", "2024-09", "--by", "person"]);
    let of = |name: &str| {
        let row = after.iter().find(|row| row.0 == name);
        nanos(&row.unwrap_or_else(|| panic!("{name} in {after:?}")).1)
    };
    assert_eq!(of("Ada Lovelace"), nanos(&tagged.last().unwrap().1));
    assert_eq!(of("Ada Lovelace") + of("Unowned"), SAMPLE_TOTAL);

    let id = rule["id"].to_string();
    stage.tally(&["rules", "delete", &id]).ok();
    assert_eq!(
        stage
            .costs(&["--month", "2024-09", "--by", "person", "--unowned"])
            .last()
            .unwrap()
            .1,
        "20.280226729",
    );
}

#[test]
fn a_rule_owns_only_the_days_it_is_valid_for() {
    let stage = Stage::with_focus_sample();
    stage
        .tally(&["people", "add", "Grace", "--email", "grace@example.com"])
        .ok();
    stage
        .tally(&[
            "rules",
            "add",
            "--owner",
            "person:Grace",
            "--service",
            "*",
            "--from",
            "2024-09-11",
            "--to",
            "2024-09-20",
        ])
        .ok();
    let middle = stage.costs(&["--from", "2024-09-11", "--to", "2024-09-20"]);
    let hers = stage.costs(&["--month", "2024-09", "--person", "Grace"]);
    assert_eq!(hers.last(), middle.last());
}

#[test]
fn a_team_has_what_its_members_own_while_they_belong_to_it() {
    let stage = Stage::with_focus_sample();
    stage
        .tally(&["people", "add", "Linus", "--email", "linus@example.com"])
        .ok();
    stage.tally(&["teams", "add", "Platform"]).ok();
    stage
        .tally(&["teams", "join", "Platform", "Linus", "--from", "2024-09-16"])
        .ok();
    stage
        .tally(&["rules", "add", "--owner", "person:Linus", "--service", "*"])
        .ok();
    let second_half = stage.costs(&["--from", "2024-09-16", "--to", "2024-09-30"]);
    let teams = stage.costs(&["--month", "2024-09", "--by", "team"]);
    let platform = teams.iter().find(|row| row.0 == "Platform").unwrap();
    assert_eq!(platform.1, second_half.last().unwrap().1);
}

#[test]
fn a_dry_run_says_what_a_rule_would_own_and_changes_nothing() {
    let stage = Stage::with_focus_sample();
    stage
        .tally(&["people", "add", "Alan", "--email", "alan@example.com"])
        .ok();
    let before = stage.json(&["rules", "list"]);
    let preview = stage.json(&[
        "rules",
        "add",
        "--owner",
        "person:Alan",
        "--service",
        "*",
        "--dry-run",
    ]);
    assert_eq!(
        word(&preview["amounts"][0]["amount"]),
        "20.520226729",
        "{preview}"
    );
    assert_eq!(stage.json(&["rules", "list"]), before);
}

#[test]
fn text_that_looks_like_sql_is_only_text() {
    let stage = Stage::with_focus_sample();
    let whole = stage.json(&["periods"]);
    for payload in [
        "' OR '1'='1",
        "'; DROP TABLE charge; --",
        "\" OR \"\"=\"",
        "1) OR (1=1",
        "%' --",
        "\\'; SELECT 1; --",
        "' UNION SELECT 1 --",
        "_",
        "%",
    ] {
        for filter in [
            "--provider",
            "--service",
            "--account",
            "--region",
            "--resource",
            "--category",
        ] {
            let ran = stage.tally(&["costs", "--month", "2024-09", filter, payload, "--json"]);
            assert!(
                !ran.out.to_lowercase().contains("sql"),
                "{payload}: {ran:?}"
            );
            if ran.code == 0 {
                let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
                let total = answer["results"][0]["total"].as_str().unwrap_or("0");
                assert_eq!(
                    nanos(total),
                    0,
                    "{filter} {payload} matched something: {answer}"
                );
            }
        }
    }
    assert_eq!(stage.json(&["periods"]), whole);
}
