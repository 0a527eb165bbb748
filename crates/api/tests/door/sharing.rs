//! Shared cost, from outside: even, by what takers own, by fixed shares, and on to another pot.

use std::collections::BTreeMap;

use http::Method;
use serde_json::{Value, json};
use tallyport_ledger::Money;

use crate::stage::Stage;

async fn asked(stage: &Stage, expected: u16, method: Method, path: &str, body: Value) -> Value {
    let path = format!("/api/v1{path}");
    let body = (body != Value::Null).then(|| body.to_string());
    let (status, answer) = stage.ask(method, &path, body.as_deref()).await;
    assert_eq!(status, expected, "{path}: {answer}");
    answer
}

/// Two people and two teams that own the sample by service and account, and something that nobody owns.
async fn shop() -> Stage {
    let stage = Stage::with_focus_sample().await;
    for (path, name) in [
        ("/people", "Ann"),
        ("/people", "Bob"),
        ("/teams", "Platform"),
        ("/teams", "Security"),
    ] {
        asked(&stage, 201, Method::POST, path, json!({ "name": name })).await;
    }
    for (owner, service) in [
        ("person:Ann", "Amazon Elastic*"),
        ("person:Bob", "Amazon Simple*"),
        ("team:Platform", "AmazonCloudWatch*"),
        ("team:Security", "AWS*"),
    ] {
        let matchers = json!([{ "kind": "service", "value": service }]);
        let rule = json!({ "owner": owner, "matchers": matchers });
        asked(&stage, 201, Method::POST, "/rules", rule).await;
    }
    stage
}

/// Direct, shared and total of each owner in dollars, in nano-units, and the bill.
async fn shared(stage: &Stage) -> (BTreeMap<String, [i128; 3]>, i128) {
    let answer = stage
        .get("/api/v1/sharing/costs?from=2024-01-01&to=2024-12-31")
        .await;
    let results = answer["results"].as_array().unwrap();
    let result = results.iter().find(|one| one["currency"] == "USD").unwrap();
    let nanos = |value: &Value| {
        let text = value.as_str().unwrap();
        Money::parse(text, tallyport_ledger::Currency::USD)
            .unwrap()
            .nanos()
    };
    let rows = result["rows"].as_array().unwrap().iter().map(|row| {
        let parts = ["direct", "shared", "total"].map(|name| nanos(&row[name]));
        assert_eq!(parts[0] + parts[1], parts[2], "{row}");
        (row["owner"]["label"].as_str().unwrap().to_owned(), parts)
    });
    let rows: BTreeMap<String, [i128; 3]> = rows.collect();
    let total = nanos(&result["total"]);
    assert_eq!(
        rows.values().map(|parts| parts[2]).sum::<i128>(),
        total,
        "nothing is lost"
    );
    (rows, total)
}

async fn add(stage: &Stage, rule: Value) -> i64 {
    let made = asked(stage, 201, Method::POST, "/sharing", rule).await;
    made["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_pot_is_spread_evenly_by_what_takers_own_by_fixed_shares_and_onward() {
    let stage = shop().await;
    let (before, bill) = shared(&stage).await;
    let platform = before["Platform"][0];
    let security = before["Security"][0];
    assert!(platform != 0 && security != 0, "{before:?}");
    assert!(before.values().all(|parts| parts[1] == 0), "no rule yet");

    let both = json!([{ "owner": "person:Ann" }, { "owner": "person:Bob" }]);
    let even = add(
        &stage,
        json!({ "pot": "team:Platform", "method": "even", "takers": both }),
    )
    .await;
    let (after, same) = shared(&stage).await;
    assert_eq!(same, bill);
    assert!(!after.contains_key("Platform"), "the pot is empty");
    assert_eq!(after["Ann"][1] + after["Bob"][1], platform);
    assert!((after["Ann"][1] - after["Bob"][1]).abs() <= 1, "{after:?}");
    let path = format!("/sharing/{even}");
    asked(&stage, 204, Method::DELETE, &path, Value::Null).await;
    asked(&stage, 404, Method::DELETE, &path, Value::Null).await;
    assert_eq!(shared(&stage).await.0, before, "as it was");

    let proportional = json!({
        "pot": "team:Platform", "method": "proportional", "takers": both,
    });
    let id = add(&stage, proportional).await;
    let (after, _) = shared(&stage).await;
    let (ann, bob) = (before["Ann"][0], before["Bob"][0]);
    let expected = platform * ann / (ann + bob);
    assert!((after["Ann"][1] - expected).abs() <= 1, "{after:?}");
    let path = format!("/sharing/{id}");
    asked(&stage, 204, Method::DELETE, &path, Value::Null).await;

    // Security keeps nothing: a quarter to Ann, the rest to Platform, which is shared evenly.
    let fixed = json!({
        "pot": "team:Security", "method": "fixed",
        "takers": [{ "owner": "person:Ann", "share": "0.25" }],
        "onward": { "owner": "team:Platform", "share": "0.75" },
    });
    add(&stage, fixed).await;
    let even = json!({ "pot": "team:Platform", "method": "even", "takers": both });
    add(&stage, even).await;
    let (after, same) = shared(&stage).await;
    assert_eq!(same, bill);
    assert_eq!(after["Ann"][1] + after["Bob"][1], platform + security);
    let quarter = after["Ann"][1] - after["Bob"][1];
    assert!((quarter - security / 4).abs() <= 2, "{after:?}");
    let rules = stage.get("/api/v1/sharing").await;
    assert_eq!(rules["rules"][0]["takers"][0]["share"], "0.25");
    assert_eq!(rules["rules"][0]["onward"]["share"], "0.75");
}

#[tokio::test]
async fn what_a_rule_would_move_is_what_it_moves_also_where_it_takes_the_place_of_another() {
    let stage = shop().await;
    let (before, _) = shared(&stage).await;
    let rule = |method: &str, takers: Value| json!({ "pot": "team:Platform", "method": method, "takers": takers });
    let ann = || json!([{ "owner": "person:Ann" }]);
    let moved = async |replaces: &str, rule: Value| {
        let path = format!("/sharing/preview?from=2024-01-01&to=2024-12-31{replaces}");
        let answer = asked(&stage, 200, Method::POST, &path, rule).await;
        let nanos = |value: &Value| {
            let text = value.as_str().unwrap();
            Money::parse(text, tallyport_ledger::Currency::USD)
                .unwrap()
                .nanos()
        };
        let rows = answer["results"][0]["rows"].as_array().unwrap().clone();
        let moved: BTreeMap<String, i128> = rows
            .iter()
            .map(|row| {
                let label = row["owner"]["label"].as_str().unwrap().to_owned();
                assert_eq!(
                    nanos(&row["after"]) - nanos(&row["before"]),
                    nanos(&row["moved"])
                );
                (label, nanos(&row["moved"]))
            })
            .collect();
        assert_eq!(moved.values().sum::<i128>(), 0, "nothing is lost");
        moved
    };
    let all = moved("", rule("even", ann())).await;
    assert_eq!(all["Ann"], before["Platform"][0]);
    assert_eq!(all["Platform"], -before["Platform"][0]);
    assert_eq!(shared(&stage).await.0, before, "a look moves nothing");

    let id = add(&stage, rule("even", ann())).await;
    let again = asked(
        &stage,
        422,
        Method::POST,
        "/sharing/preview?month=2024-09",
        rule("even", ann()),
    )
    .await;
    let detail = again["detail"].as_str().unwrap();
    assert!(detail.contains("shared already"), "{again}");

    let halves = || {
        let half = |owner: &str| json!({ "owner": owner, "share": "0.5" });
        rule("fixed", json!([half("person:Ann"), half("person:Bob")]))
    };
    let (with_ann, _) = shared(&stage).await;
    let would = moved(&format!("&replaces={id}"), halves()).await;
    let path = format!("/sharing/{id}");
    let changed = asked(&stage, 200, Method::PUT, &path, halves()).await;
    assert_eq!(
        (&changed["id"], &changed["method"]),
        (&json!(id), &json!("fixed"))
    );
    let (after, _) = shared(&stage).await;
    for (who, by) in would {
        assert_eq!(after[&who][2] - with_ann[&who][2], by, "{who}");
    }
    let gone = asked(&stage, 404, Method::PUT, "/sharing/4711", halves()).await;
    assert_eq!(gone["code"], "request.not-found");
}

#[tokio::test]
async fn rules_that_cannot_be_followed_are_refused_by_name() {
    let stage = shop().await;
    let onward = |pot: &str, to: &str| {
        json!({
            "pot": pot, "method": "even", "takers": [{ "owner": "person:Ann" }],
            "onward": { "owner": to },
        })
    };
    add(&stage, onward("team:Platform", "team:Security")).await;
    let taker = |share: Value| json!([{ "owner": "person:Bob", "share": share }]);
    for (rule, status, says) in [
        (onward("team:Security", "team:Platform"), 422, "into itself"),
        (
            json!({ "pot": "team:Platform", "method": "even", "takers": taker(Value::Null) }),
            422,
            "shared already",
        ),
        (
            json!({ "pot": "team:Security", "method": "fixed", "takers": taker(json!("0.9")) }),
            422,
            "900000 parts per million",
        ),
        (
            json!({ "pot": "team:Security", "method": "fixed", "takers": taker(json!("1e3")) }),
            422,
            "is not a share",
        ),
        (
            json!({ "pot": "team:Security", "method": "even", "takers": taker(json!("1")) }),
            422,
            "fixed sharing has shares",
        ),
        (
            json!({ "pot": "team:Security", "method": "even" }),
            422,
            "nobody to take it",
        ),
        (
            json!({ "pot": "team:Security", "method": "even",
                    "takers": [{ "owner": "team:Platform" }] }),
            422,
            "is a pot itself",
        ),
        (
            json!({ "pot": "team:Nobody", "method": "even", "takers": taker(Value::Null) }),
            404,
            "Nobody",
        ),
    ] {
        let answer = asked(&stage, status, Method::POST, "/sharing", rule.clone()).await;
        let detail = answer["detail"].as_str().unwrap();
        assert!(detail.contains(says), "{rule}: {answer}");
    }
    let rules = stage.get("/api/v1/sharing").await;
    assert_eq!(
        rules["rules"].as_array().unwrap().len(),
        1,
        "nothing was added"
    );
}
