//! Price books, from outside: set, looked at, laid on a month, and refused with a reason.

use http::{Method, Request, header};
use serde_json::{Value, json};

use crate::stage::Stage;

async fn asked(stage: &Stage, expected: u16, method: Method, path: &str, body: Value) -> Value {
    let path = format!("/api/v1/price-books{path}");
    let body = (body != Value::Null).then(|| body.to_string());
    let (status, answer) = stage.ask(method, &path, body.as_deref()).await;
    assert_eq!(status, expected, "{path}: {answer}");
    answer
}

fn entry(scope: &str, kind: &str, rest: Value) -> Value {
    let mut entry = json!({ "scope": scope, "kind": kind });
    for (name, value) in rest.as_object().into_iter().flatten() {
        entry[name] = value.clone();
    }
    entry
}

/// The sample, of which Ann owns everything.
async fn owned() -> Stage {
    let stage = Stage::with_focus_sample().await;
    for (path, body) in [
        ("people", json!({ "name": "Ann" })),
        (
            "rules",
            json!({ "owner": "person:Ann", "matchers": [{ "kind": "service", "value": "*" }] }),
        ),
    ] {
        let path = format!("/api/v1/{path}");
        let (status, answer) = stage
            .ask(Method::POST, &path, Some(&body.to_string()))
            .await;
        assert_eq!(status, 201, "{answer}");
    }
    stage
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_is_set_looked_at_and_laid_on_a_month_beside_the_present() {
    let stage = owned().await;
    let entries = json!([
        entry("all", "markup", json!({ "percent": "10" })),
        entry(
            "person:Ann",
            "fee",
            json!({ "label": "Support", "amount": "30" })
        ),
    ]);
    let book = json!({
        "name": "Standard", "currency": "usd", "used_for": ["all"], "entries": entries,
    });
    let book = asked(&stage, 201, Method::POST, "", book).await;
    assert_eq!(book["used_for"][0]["kind"], "all");
    assert_eq!(book["entries"][1]["scope"]["label"], "Ann");
    assert_eq!(book["entries"][1]["amount"], "30.00");
    assert_eq!(book["currency"], "USD");
    let path = format!("/{}/preview", book["id"]);
    let ask = json!({ "month": "2024-09", "for": "people" });
    let now = asked(&stage, 200, Method::POST, &path, ask).await;
    let row = &now["recipients"][0];
    assert_eq!(row["charged"], row["charged_now"]);
    assert_eq!(
        now["totals"].as_array().unwrap().len(),
        1,
        "{}",
        now["totals"]
    );
    let lines = row["lines"].as_array().unwrap();
    assert!(
        lines.iter().all(|line| line["why"] != ""),
        "each line says why"
    );
    let instead = json!([entry("all", "markup", json!({ "percent": "-100" }))]);
    let ask = json!({ "month": "2024-09", "for": "person:Ann", "entries": instead });
    let free = asked(&stage, 200, Method::POST, &path, ask).await;
    assert_eq!(free["totals"][0]["charged"], "0.00");
    assert_eq!(
        free["totals"][0]["charged_now"],
        now["totals"][0]["charged"]
    );
    let cost = text(&free["totals"][0], "cost");
    assert_eq!(text(&free["totals"][0], "margin"), format!("-{cost}"));
    let kept = asked(
        &stage,
        200,
        Method::GET,
        &format!("/{}", book["id"]),
        Value::Null,
    )
    .await;
    assert_eq!(kept, book, "a preview keeps nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_shows_what_a_book_charges_and_why_to_those_who_may_issue() {
    let stage = owned().await;
    let entries = json!([
        entry("all", "markup", json!({ "percent": "25" })),
        entry("all", "fee", json!({ "label": "Support", "amount": "30" })),
    ]);
    let book = json!({
        "name": "Standard", "currency": "USD", "used_for": ["person:Ann"], "entries": entries,
    });
    let book = asked(&stage, 201, Method::POST, "", book).await;
    let path = format!("/{}/preview", book["id"]);
    let preview = asked(
        &stage,
        200,
        Method::POST,
        &path,
        json!({ "month": "2024-09" }),
    )
    .await;
    let ask = json!({ "month": "2024-09" }).to_string();
    let (status, drafts) = stage
        .ask(Method::POST, "/api/v1/invoices/drafts", Some(&ask))
        .await;
    assert_eq!(status, 200, "{drafts}");
    let id = &drafts["invoices"][0]["id"];
    let draft = stage.get(&format!("/api/v1/invoices/{id}")).await;
    let lines = draft["lines"].as_array().unwrap();
    let wanted = preview["recipients"][0]["lines"].as_array().unwrap();
    assert_eq!(lines.len(), wanted.len());
    for (line, wanted) in lines.iter().zip(wanted) {
        assert_eq!(line["exact"], wanted["charged"], "{line}");
        assert_eq!(line["why"], wanted["why"], "{line}");
    }
    assert_eq!(lines.last().unwrap()["kind"], "fee");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_sets_a_book_and_comes_out_again() {
    let stage = owned().await;
    let put = async |query: &str, body: &'static [u8]| {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(format!("/api/v1/price-books/file?{query}"))
            .header(header::CONTENT_TYPE, "text/csv")
            .body(body.into())
            .unwrap();
        let (status, _, answer) = stage.send(request).await;
        (status, answer)
    };
    let (status, book) = put("name=Sheet&format=csv", b"kind,percent\nmarkup,5\n").await;
    assert_eq!(status, 200, "{book}");
    let (status, wrong) = put("name=Sheet&format=csv", b"kind,percent\nmarkup,5 %\n").await;
    assert_eq!(status, 422, "{wrong}");
    assert!(
        text(&wrong, "detail").starts_with("Line 2, column 2 (percent): \"5 %\""),
        "{wrong}"
    );
    let (status, wrong) = put("name=Sheet&format=csv", b"kind\n\xff\n").await;
    assert_eq!(status, 400, "{wrong}");
    let (status, wrong) = put("name=Sheet&format=xlsx", b"kind\n").await;
    assert_eq!(status, 422, "{wrong}");
    let kept = asked(
        &stage,
        200,
        Method::GET,
        &format!("/{}", book["id"]),
        Value::Null,
    )
    .await;
    assert_eq!(kept["version"], 1, "what is wrong changes nothing");
    let path = format!("/api/v1/price-books/{}/file?format=toml", book["id"]);
    let file = stage.door().ask(Method::GET, &path, None).await;
    let file = String::from_utf8(file.body.into()).unwrap();
    assert!(file.contains("percent = \"5\""), "{file}");
    asked(
        &stage,
        204,
        Method::DELETE,
        &format!("/{}", book["id"]),
        Value::Null,
    )
    .await;
    asked(
        &stage,
        404,
        Method::GET,
        &format!("/{}", book["id"]),
        Value::Null,
    )
    .await;
}
