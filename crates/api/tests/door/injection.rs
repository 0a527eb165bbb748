use axum::body::Body;
use http::Request;

use crate::stage::Stage;

const PAYLOADS: &[&str] = &[
    "'",
    "\"",
    "' OR '1'='1",
    "' OR 1=1 --",
    "'; DROP TABLE charge; --",
    "') OR ('1'='1",
    "1; SELECT 1",
    "' UNION SELECT name FROM sqlite_master --",
    "\\' OR 1=1 --",
    "%",
    "_",
    "%' OR '%'='",
    "*",
    "NULL",
    "0x27",
    "char(39)",
    "`",
    ";",
    "--",
    "/*",
    "||",
    "'||(SELECT 1)||'",
    "\u{0}",
    "\u{2019} OR 1=1",
    "{{7*7}}",
    "${7*7}",
    "; PRAGMA writable_schema=1",
    "' AND (SELECT count(*) FROM charge) > 0 --",
    "x' AND randomblob(1000000000) --",
    "'); ATTACH DATABASE 'x' AS y; --",
];

/// Every filter, sort and search that takes a text.
const QUESTIONS: &[&str] = &[
    "/api/v1/costs?month=2024-09&person=",
    "/api/v1/costs?month=2024-09&team=",
    "/api/v1/costs?month=2024-09&client=",
    "/api/v1/costs?month=2024-09&provider=",
    "/api/v1/costs?month=2024-09&service=",
    "/api/v1/costs?month=2024-09&category=",
    "/api/v1/costs?month=2024-09&account=",
    "/api/v1/costs?month=2024-09&region=",
    "/api/v1/costs?month=2024-09&resource=",
    "/api/v1/costs?month=2024-09&owner=",
    "/api/v1/costs?month=2024-09&tag=",
    "/api/v1/costs?month=2024-09&tag=environment%3D",
    "/api/v1/costs?month=2024-09&by=",
    "/api/v1/costs?month=2024-09&by=tag%3A",
    "/api/v1/costs?month=2024-09&interval=",
    "/api/v1/costs?month=2024-09&metric=",
    "/api/v1/costs?month=",
    "/api/v1/charges?month=2024-09&sort=",
    "/api/v1/charges?month=2024-09&service=",
    "/api/v1/charges?month=2024-09&limit=",
    "/api/v1/resources?month=2024-09&search=",
    "/api/v1/values/service?search=",
    "/api/v1/values/tag-value?key=",
    "/api/v1/values/tag-key?search=",
    "/api/v1/periods?client=",
    "/api/v1/invoices?month=",
    "/api/v1/invoices?state=",
];

#[tokio::test]
async fn sql_in_any_filter_is_only_a_text_that_matches_nothing() {
    let stage = Stage::with_focus_sample().await;
    let before = stage.get("/api/v1/costs?month=2024-09&by=service").await;
    let mut asked = 0;
    for question in QUESTIONS {
        for payload in PAYLOADS {
            let encoded: String = form_urlencoded::byte_serialize(payload.as_bytes()).collect();
            let path = format!("{question}{encoded}");
            let request = Request::get(&path).body(Body::empty()).unwrap();
            let (status, _, answer) = stage.send(request).await;
            asked += 1;
            assert!(
                status == 200 || (400..500).contains(&status),
                "{path}: {status} {answer}"
            );
            let text = answer["detail"].as_str().unwrap_or_default().to_lowercase();
            let text = text.replace(&payload.to_lowercase(), "");
            for word in [
                "rusqlite",
                "syntax error",
                "near \"",
                "no such column",
                "unrecognized token",
            ] {
                assert!(!text.contains(word), "{path}: {text}");
            }
            if status == 200 && question.contains("/costs") && !question.contains("by=") {
                let matched = answer["results"].as_array().unwrap();
                assert!(
                    matched.iter().all(|r| r["total"] == "0.00"),
                    "{path}: {answer}"
                );
            }
        }
    }
    assert!(asked > 500, "{asked} questions");
    assert_eq!(
        stage.get("/api/v1/costs?month=2024-09&by=service").await,
        before
    );
}
