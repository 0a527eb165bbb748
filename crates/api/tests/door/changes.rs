use http::Method;
use serde_json::{Value, json};

use crate::stage::Stage;

/// Sends a change and reads the answer, which must be this status.
async fn sent(stage: &Stage, expected: u16, method: Method, path: &str, body: Value) -> Value {
    let path = format!("/api/v1{path}");
    let (status, answer) = stage.ask(method, &path, Some(&body.to_string())).await;
    assert_eq!(status, expected, "{path}: {answer}");
    answer
}

#[tokio::test]
async fn a_person_is_added_changed_archived_and_deleted() {
    let stage = Stage::new().await;
    let ada = json!({ "name": "Ada Lovelace", "email": "ada@example.com" });
    let person = sent(&stage, 201, Method::POST, "/people", ada.clone()).await;
    let path = format!("/people/{}", person["id"]);
    sent(&stage, 409, Method::POST, "/people", ada).await;

    let changed = sent(
        &stage,
        200,
        Method::PATCH,
        &path,
        json!({ "name": "Ada King" }),
    )
    .await;
    assert_eq!(changed["email"], "ada@example.com", "what is absent stays");
    let changed = sent(&stage, 200, Method::PATCH, &path, json!({ "email": null })).await;
    assert_eq!(changed["email"], Value::Null, "null takes it away");
    let changed = sent(
        &stage,
        200,
        Method::PATCH,
        &path,
        json!({ "archived": true }),
    )
    .await;
    assert_eq!(changed["archived"], true);

    sent(&stage, 204, Method::DELETE, &path, Value::Null).await;
    sent(&stage, 404, Method::DELETE, &path, Value::Null).await;
}

#[tokio::test]
async fn a_rule_is_previewed_added_moved_and_deleted_and_says_what_changed_hands() {
    let stage = Stage::with_focus_sample().await;
    let person = sent(
        &stage,
        201,
        Method::POST,
        "/people",
        json!({ "name": "Ada" }),
    )
    .await;
    let owner = json!({ "kind": "person", "id": person["id"] });
    let dev = json!([{ "kind": "tag", "key": "environment", "value": "dev" }]);
    let ask = json!({ "owner": owner, "matchers": dev });
    let preview = sent(&stage, 200, Method::POST, "/rules/preview", ask.clone()).await;
    let added = sent(&stage, 201, Method::POST, "/rules", ask).await;
    assert_eq!(preview["charges"], added["reallocated"]["charges"]);
    assert_eq!(added["owner"]["label"], "Ada");
    assert_eq!(preview["now_owned_by"][0]["key"], "unowned");

    let path = format!("/rules/{}", added["id"]);
    let change = json!({ "from": "2024-09-11", "note": "since she joined" });
    let changed = sent(&stage, 200, Method::PATCH, &path, change).await;
    assert_eq!(changed["from"], "2024-09-11");
    assert_eq!(changed["matchers"], dev, "what is absent stays");
    assert!(
        changed["reallocated"]["charges"].as_u64().unwrap() > 0,
        "{changed}"
    );
    let changed = sent(&stage, 200, Method::PATCH, &path, json!({ "from": null })).await;
    assert_eq!(changed["from"], Value::Null);

    let (status, deleted) = stage
        .ask(Method::DELETE, &format!("/api/v1{path}"), None)
        .await;
    assert_eq!(status, 200);
    assert_eq!(deleted["reallocated"]["charges"], preview["charges"]);
}

#[tokio::test]
async fn a_team_has_a_client_and_members_with_days() {
    let stage = Stage::new().await;
    let person = sent(
        &stage,
        201,
        Method::POST,
        "/people",
        json!({ "name": "Ada" }),
    )
    .await;
    let team = json!({ "name": "Platform", "client": "Northwind" });
    let team = sent(&stage, 201, Method::POST, "/teams", team).await;
    assert!(team["client_id"].is_i64(), "{team}");
    let path = format!("/teams/{}/members/{}", team["id"], person["id"]);
    let days = json!({ "from": "2024-09-01", "to": "2024-09-30" });
    let joined = sent(&stage, 200, Method::PUT, &path, days).await;
    assert_eq!(joined["members"][0]["to"], "2024-09-30");
    let backwards = json!({ "from": "2024-09-30", "to": "2024-09-01" });
    sent(&stage, 422, Method::PUT, &path, backwards).await;
    let (_, left) = stage
        .ask(Method::DELETE, &format!("/api/v1{path}"), None)
        .await;
    assert_eq!(left["members"], json!([]));
    sent(
        &stage,
        404,
        Method::POST,
        "/teams",
        json!({ "name": "X", "client": "Nobody" }),
    )
    .await;
}

#[tokio::test]
async fn a_connection_is_tested_in_plain_words() {
    let stage = Stage::new().await;
    let clients = stage.get("/api/v1/clients").await;
    let connection = &clients["clients"][0]["connections"][0];
    let path = format!("/connections/{}/test", connection["id"]);
    let test = sent(&stage, 200, Method::POST, &path, Value::Null).await;
    assert_eq!(test["ok"], true, "{test}");
    assert_eq!(test["account"], connection["billing_account"]);

    let client = sent(
        &stage,
        201,
        Method::POST,
        "/clients",
        json!({ "name": "Other" }),
    )
    .await;
    let other = json!({
        "kind": "cost_explorer", "name": "Other", "billing_account": "999988887777",
        "access": {
            "kind": "assume_role", "role_arn": "arn:aws:iam::999988887777:role/finance-read",
            "base": { "kind": "environment" }, "external_id": "x-1",
        },
    });
    let path = format!("/clients/{}/connections", client["id"]);
    let added = sent(&stage, 201, Method::POST, &path, other.clone()).await;
    assert_eq!(added["access"], other["access"]);
    let test = format!("/connections/{}/test", added["id"]);
    let test = sent(&stage, 200, Method::POST, &test, Value::Null).await;
    assert_eq!(test["ok"], false, "the sandbox is another account: {test}");
    assert!(
        test["message"].as_str().unwrap().contains("999988887777"),
        "{test}"
    );
    let path = format!("/connections/{}", added["id"]);
    sent(&stage, 204, Method::DELETE, &path, Value::Null).await;
}

#[tokio::test]
async fn settings_are_kept_to_the_last_digit_and_wrong_ones_are_refused_by_field() {
    let stage = Stage::new().await;
    let mut settings = stage.get("/api/v1/settings").await;
    for rate in ["0", "20", "7.7", "19.25", "0.0001", "100"] {
        settings["tax_rate"] = rate.into();
        let kept = sent(&stage, 200, Method::PUT, "/settings", settings.clone()).await;
        assert_eq!(kept["tax_rate"], rate);
        assert_eq!(stage.get("/api/v1/settings").await, kept);
    }
    for (field, value) in [
        ("tax_rate", json!("1e1")),
        ("tax_rate", json!("-5")),
        ("tax_rate", json!("100.0001")),
        ("tax_rate", json!("7.77777")),
        ("zone", json!("Mars/Olympus")),
        ("name", json!(" ")),
        ("invoice_metric", json!("guessed")),
        ("payment_days", json!(366)),
    ] {
        let mut wrong = settings.clone();
        wrong[field] = value;
        let problem = sent(&stage, 422, Method::PUT, "/settings", wrong).await;
        assert_eq!(problem["details"]["field"], field, "{problem}");
    }
}
