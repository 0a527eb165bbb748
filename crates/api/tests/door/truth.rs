//! What makes a number true, from outside: reconciling, Athena, making an export, two sources of a month.

use http::Method;
use serde_json::{Value, json};
use tallyport_ledger::{Currency, Money};

use crate::stage::Stage;

/// Asks, and reads the answer, which must be of this status.
async fn asked(stage: &Stage, expected: u16, method: Method, path: &str, body: Value) -> Value {
    let path = format!("/api/v1{path}");
    let body = (body != Value::Null).then(|| body.to_string());
    let (status, answer) = stage.ask(method, &path, body.as_deref()).await;
    assert_eq!(status, expected, "{path}: {answer}");
    answer
}

async fn refused(stage: &Stage, expected: (u16, &str), method: Method, path: &str, body: Value) {
    let (status, code) = expected;
    let answer = asked(stage, status, method, path, body).await;
    assert_eq!(answer["code"], code, "{path}: {answer}");
    assert!(
        answer["detail"]
            .as_str()
            .is_some_and(|text| text.len() > 10),
        "it says what is the matter: {answer}"
    );
}

/// The number of the one connection.
async fn connection(stage: &Stage) -> i64 {
    let clients = stage.get("/api/v1/clients").await;
    clients["clients"][0]["connections"][0]["id"]
        .as_i64()
        .unwrap()
}

/// The month before this one.
fn last_month() -> String {
    let today = jiff::Zoned::now().date();
    let last = today.first_of_month().yesterday().unwrap();
    last.strftime("%Y-%m").to_string()
}

/// Syncs and waits until that is done.
async fn synced(stage: &Stage) {
    let job = asked(stage, 202, Method::POST, "/syncs", json!({})).await;
    let job = stage.ended(&job).await;
    assert_eq!(job["state"], "done", "{job}");
}

#[tokio::test]
async fn what_cannot_be_reconciled_is_refused_before_anything_is_asked() {
    let stage = Stage::new().await;
    let path = "/reconciliations";
    let post = || Method::POST;
    let month = last_month();
    for (body, expected) in [
        (json!({ "month": "2199-01" }), (422, "request.invalid")),
        (
            json!({ "month": month, "client": "Nobody" }),
            (404, "request.not-found"),
        ),
        (json!({ "month": "2026-13" }), (422, "request.invalid")),
        (json!({}), (422, "request.invalid")),
        (
            json!({ "month": month, "extra": 1 }),
            (422, "request.invalid"),
        ),
    ] {
        let answer = asked(&stage, expected.0, post(), path, body.clone()).await;
        assert_eq!(answer["code"], expected.1, "{body}: {answer}");
    }
    let plan = json!({ "month": month, "dry_run": true });
    let plan = asked(&stage, 200, post(), path, plan).await;
    assert_eq!(
        (&plan["requests"], &plan["price"]),
        (&json!(1), &json!("0.01"))
    );
    let shown = stage
        .get(&format!("/api/v1/reconciliation?month={month}"))
        .await;
    assert_eq!(shown["clients"], json!([]), "nobody was asked");

    // A cap of nothing: the job says so, and no request went out.
    let id = connection(&stage).await;
    let cap = json!({ "monthly_request_cap": 0 });
    asked(
        &stage,
        200,
        Method::PATCH,
        &format!("/connections/{id}"),
        cap,
    )
    .await;
    let job = asked(&stage, 202, post(), path, json!({ "month": month })).await;
    let job = stage.ended(&job).await;
    assert_eq!(job["state"], "failed");
    assert_eq!(job["problem"]["code"], "sync.cap", "{job}");
    let clients = stage.get("/api/v1/clients").await;
    assert_eq!(
        clients["clients"][0]["connections"][0]["requests_this_month"],
        0
    );
}

#[tokio::test]
async fn a_place_for_athena_is_set_read_and_taken_away_and_a_wrong_one_changes_nothing() {
    let stage = Stage::new().await;
    let id = connection(&stage).await;
    let path = format!("/connections/{id}/athena");
    let none = json!({ "athena": null });
    assert_eq!(stage.get(&format!("/api/v1{path}")).await, none);
    let place = json!({
        "above_bytes": 5_000_000_000_u64, "database": "bills", "workgroup": "tallyport",
        "output": "s3://answers/tallyport/", "agreed_up_to": "1.50",
    });
    let set = asked(&stage, 200, Method::PUT, &path, json!({ "athena": place })).await;
    assert_eq!(set["athena"], place);
    for (field, wrong, expected) in [
        ("database", json!("bills`"), (422, "request.invalid")),
        (
            "output",
            json!("https://answers/"),
            (422, "request.invalid"),
        ),
        ("workgroup", json!("a b"), (422, "request.invalid")),
        ("agreed_up_to", json!("-1"), (422, "request.invalid")),
        ("agreed_up_to", json!("a lot"), (422, "request.invalid")),
        ("above_bytes", json!(-1), (422, "request.invalid")),
        ("bucket", json!("answers"), (422, "request.invalid")),
    ] {
        let mut place = place.clone();
        place[field] = wrong;
        let body = json!({ "athena": place });
        refused(&stage, expected, Method::PUT, &path, body).await;
    }
    assert_eq!(stage.get(&format!("/api/v1{path}")).await["athena"], place);
    let missing = "/connections/999/athena";
    let not_found = (404, "request.not-found");
    refused(&stage, not_found, Method::GET, missing, Value::Null).await;
    refused(&stage, not_found, Method::PUT, missing, none.clone()).await;
    assert_eq!(
        asked(&stage, 200, Method::PUT, &path, none.clone()).await,
        none
    );
    let plan = asked(
        &stage,
        200,
        Method::POST,
        "/syncs",
        json!({ "dry_run": true }),
    )
    .await;
    assert_eq!(
        plan["athena_up_to"],
        Value::Null,
        "nothing is to be agreed to"
    );
    let body = json!({ "athena_up_to": "-0.01" });
    refused(
        &stage,
        (422, "request.invalid"),
        Method::POST,
        "/syncs",
        body,
    )
    .await;
}

#[tokio::test]
async fn an_export_is_made_and_loaded_or_what_is_missing_is_said() {
    let stage = Stage::new().await;
    let id = connection(&stage).await;
    let path = format!("/connections/{id}/exports");
    let ask = |bucket: &str, prefix: &str, name: &str| json!({ "bucket": bucket, "prefix": prefix, "name": name });
    for (body, expected) in [
        (ask("no", "bills", "focus"), (422, "request.invalid")),
        (
            ask("northwind-billing", "/bills", "focus"),
            (422, "request.invalid"),
        ),
        (
            ask("northwind-billing", "bills", "my export"),
            (422, "request.invalid"),
        ),
    ] {
        refused(&stage, expected, Method::POST, &path, body).await;
    }
    let body = ask("no-such-bucket-here", "bills", "focus");
    let answer = asked(&stage, 409, Method::POST, &path, body).await;
    assert_eq!(answer["code"], "sources.bucket", "{answer}");
    let hint = answer["hint"].as_str().unwrap();
    assert!(
        hint.contains("s3:PutObject") && hint.contains("no-such-bucket-here"),
        "the policy that it needs: {hint}"
    );
    let body = ask("northwind-billing", "bills", "tallyport-focus");
    let made = asked(&stage, 201, Method::POST, &path, body).await;
    assert_eq!(made["source"]["kind"], "export", "{made}");
    assert_eq!(made["source"]["name"], "tallyport-focus", "{made}");
}

#[tokio::test]
async fn two_sources_of_a_month_are_compared_by_what_both_know() {
    let stage = Stage::new().await;
    let id = connection(&stage).await;
    let source = format!("/connections/{id}/source");
    let choose = |export: Value| json!({ "export": export });
    asked(&stage, 200, Method::PUT, &source, choose(Value::Null)).await;
    synced(&stage).await;
    let export = choose(json!("northwind-focus"));
    asked(&stage, 200, Method::PUT, &source, export).await;
    synced(&stage).await;
    let month = last_month();
    let periods = stage.get("/api/v1/periods").await;
    let of = |kind: &str| {
        let all = periods["periods"].as_array().unwrap();
        let one = all
            .iter()
            .find(|one| one["period"] == month && one["source"] == kind);
        one.unwrap_or_else(|| unreachable!("{month} from {kind}: {periods}"))["id"]
            .as_i64()
            .unwrap()
    };
    let (api, file) = (of("Cost Explorer"), of("FOCUS"));
    let diff = stage
        .get(&format!("/api/v1/periods/diff?from={api}&to={file}"))
        .await;
    assert_eq!(
        diff["charges"]["compared"], "daily_sums",
        "{}",
        diff["charges"]
    );
    // They name services differently: few sums are the same, and all of them together are.
    let counted = |what: &str| diff["charges"][what].as_u64().unwrap();
    assert!(
        counted("same") + counted("changed") + counted("added") > 100,
        "{}",
        diff["charges"]
    );
    let results = diff["results"].as_array().unwrap();
    assert_eq!(results.len(), 1, "{diff}");
    let nanos = |name: &str| {
        let text = results[0][name].as_str().unwrap();
        Money::parse(text, Currency::USD).unwrap().nanos()
    };
    assert!(nanos("before") > 1_000_000_000_000, "{}", results[0]);
    assert!(
        nanos("change").abs() < 1_000_000,
        "they agree as a whole: {}",
        results[0]
    );
}
