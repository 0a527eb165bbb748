use axum::body::Body;
use http::{Request, header};
use serde_json::Value;

use crate::stage::Stage;

fn shaped(status: u16, kind: &str, problem: &Value) {
    assert_eq!(kind, "application/problem+json", "{problem}");
    assert_eq!(problem["status"], status, "{problem}");
    for field in ["type", "code", "title", "detail"] {
        assert!(
            problem[field].as_str().is_some_and(|text| !text.is_empty()),
            "{field}: {problem}"
        );
    }
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.ends_with(['.', '?', '!']), "a sentence: {detail}");
    assert!(
        !detail.contains("panicked") && !detail.contains("rusqlite"),
        "{detail}"
    );
}

#[tokio::test]
async fn every_refusal_is_a_problem_with_a_code_and_a_sentence() {
    let stage = Stage::new().await;
    for (status, method, path, body) in [
        (404, "GET", "/api/v1/nowhere", ""),
        (404, "GET", "/api/nowhere", ""),
        (405, "DELETE", "/api/v1/people", ""),
        (405, "TRACE", "/api/v1/people", ""),
        (404, "GET", "/api/v1/people/seven", ""),
        (404, "GET", "/api/v1/people/999999", ""),
        (404, "GET", "/api/v1/values/horoscope", ""),
        (400, "POST", "/api/v1/people", "{"),
        (422, "POST", "/api/v1/people", "{}"),
        (422, "POST", "/api/v1/people", r#"{"name":"A","nmae":"B"}"#),
        (422, "POST", "/api/v1/people", r#"{"name":""}"#),
        (
            422,
            "POST",
            "/api/v1/people",
            r#"{"name":"A","email":"nowhere"}"#,
        ),
        (
            422,
            "POST",
            "/api/v1/rules",
            r#"{"owner":"person:A","matchers":[{"kind":"moon","value":"full"}]}"#,
        ),
        (422, "GET", "/api/v1/costs", ""),
        (422, "GET", "/api/v1/costs?month=2026-13", ""),
        (422, "GET", "/api/v1/costs?month=2026-01&month=2026-02", ""),
        (
            422,
            "GET",
            "/api/v1/costs?from=2026-02-01&to=2026-01-01",
            "",
        ),
        (
            422,
            "GET",
            "/api/v1/costs?from=2026-02-30&to=2026-03-01",
            "",
        ),
        (
            422,
            "GET",
            "/api/v1/costs?month=2026-01&from=2026-01-01&to=2026-01-02",
            "",
        ),
        (422, "GET", "/api/v1/costs?month=2026-01&persn=ada", ""),
        (422, "GET", "/api/v1/costs?month=2026-01&by=tag:", ""),
        (422, "GET", "/api/v1/costs?month=2026-01&metric=guessed", ""),
        (422, "GET", "/api/v1/costs?month=2026-01&tag=nothing", ""),
        (422, "GET", "/api/v1/charges?month=2026-01&limit=1e3", ""),
        (422, "GET", "/api/v1/charges?month=2026-01&limit=1001", ""),
        (404, "GET", "/api/v1/costs?month=2026-01&person=nobody", ""),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .unwrap();
        let (found, kind, problem) = stage.send(request).await;
        assert_eq!(found, status, "{method} {path} {body}: {problem}");
        shaped(status, &kind, &problem);
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_told_so() {
    let stage = Stage::new().await;
    let request = Request::post("/api/v1/people")
        .body(Body::from("name=Ada"))
        .unwrap();
    let (status, kind, problem) = stage.send(request).await;
    assert_eq!(status, 415, "{problem}");
    shaped(415, &kind, &problem);
}

#[tokio::test]
async fn long_and_hostile_input_is_answered_shortly() {
    let stage = Stage::new().await;
    let long = "a".repeat(20_000);
    for path in [
        format!("/api/v1/costs?month={long}"),
        format!("/api/v1/costs?month=2026-01&by={long}"),
        format!("/api/v1/costs?month=2026-01&{long}=1"),
        format!("/api/v1/costs?month=2026-01&person={long}"),
        format!("/api/v1/values/{long}"),
        format!("/api/v1/people/{long}"),
    ] {
        let (status, kind, problem) = stage
            .send(Request::get(&path).body(Body::empty()).unwrap())
            .await;
        assert!((400..500).contains(&status), "{problem}");
        shaped(status, &kind, &problem);
        assert!(
            problem.to_string().len() < 2_000,
            "{} bytes",
            problem.to_string().len()
        );
    }
}
