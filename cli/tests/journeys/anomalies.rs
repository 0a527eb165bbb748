use serde_json::Value;

use crate::stage::{Stage, word};

fn found(stage: &Stage, month: &str) -> Vec<Value> {
    let answer = stage.json(&["anomalies", "--month", month]);
    answer["anomalies"].as_array().unwrap().clone()
}

/// What moved most in a dimension.
fn cause(anomaly: &Value, dimension: &str) -> String {
    let causes = anomaly["causes"].as_array().unwrap();
    let first = causes.iter().find(|cause| cause["dimension"] == dimension);
    first.map_or_else(String::new, |cause| word(&cause["key"]))
}

#[test]
fn the_companys_runaway_is_found_with_its_resource_and_what_people_say_of_it_is_kept() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sync"]).ok();
    let november = found(&stage, "2026-11");
    let runaway = &november[0];
    assert_eq!(runaway["kind"], "level", "{runaway}");
    assert_eq!(
        runaway["from"], "2026-11-05",
        "sixteen days before: {runaway}"
    );
    assert_eq!(runaway["service"], "AmazonCloudWatch", "{runaway}");
    assert_eq!(
        runaway["account"]["name"], "northwind-production",
        "{runaway}"
    );
    assert!(
        cause(runaway, "resource").ends_with("log-group:/app/recommendations"),
        "{runaway}"
    );
    assert_eq!(cause(runaway, "region"), "us-east-1");
    assert!(runaway["percent"].as_i64().unwrap() > 100, "{runaway}");

    // It was told, once, where it is seen to.
    let alerts = stage.json(&["alerts", "list"]);
    let told: Vec<&Value> = alerts["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|alert| alert["kind"] == "anomaly")
        .collect();
    let place = format!("/costs?month=2026-11&anomaly={}", runaway["id"]);
    assert!(
        told.iter().any(|alert| alert["place"] == place.as_str()),
        "{told:?}"
    );

    let id = runaway["id"].to_string();
    let judged = stage.json(&[
        "anomalies",
        "--feedback",
        &id,
        "expected",
        "--note",
        "a debugging week",
    ]);
    assert_eq!(
        (word(&judged["feedback"]), word(&judged["note"])),
        ("expected".to_owned(), "a debugging week".to_owned())
    );
    let overview = stage.json(&["api", "GET", "/api/v1/overview?month=2026-11"]);
    let unusual = overview["unusual"].as_array().unwrap();
    assert!(
        unusual.iter().all(|brief| brief["id"] != runaway["id"]),
        "{overview}"
    );
    let undone = stage.json(&["anomalies", "--feedback", &id, "none"]);
    assert!(undone["feedback"].is_null(), "{undone}");
    let refused = stage.tally(&["anomalies", "--feedback", &id, "maybe"]);
    assert_eq!(refused.code, 4, "{refused:?}");
}

#[test]
fn what_the_company_does_every_week_and_month_is_nothing_unusual() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sync"]).ok();
    let all = stage.json(&["anomalies", "--from", "2025-11-01", "--to", "2026-11-22"]);
    for anomaly in all["anomalies"].as_array().unwrap() {
        let resource = cause(anomaly, "resource");
        // Reports at each month's start, machines that rest at weekends, what customers do, and what
        // commitments leave unused.
        for usual in [
            "month-end-report",
            "checkout-api",
            "image-resize",
            "reserved-instances",
            "savingsplan",
        ] {
            assert!(!resource.contains(usual), "{anomaly}");
        }
        // Storage grows every month and costs more a day in a short one.
        assert_ne!(
            word(&anomaly["service"]),
            "Amazon Simple Storage Service",
            "{anomaly}"
        );
    }
}
