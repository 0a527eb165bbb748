use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use tallyport_api::{Door, StartToken, listen, router};
use tower::ServiceExt;

use crate::stage::Stage;

const PORT: u16 = 4711;

fn served(stage: &Stage) -> (Router, StartToken) {
    let token = StartToken::from_random([7; 32]);
    let door = Door::Loopback {
        token: token.clone(),
        port: PORT,
    };
    (router(stage.context.clone(), door), token)
}

async fn status(router: &Router, headers: &[(&str, &str)]) -> StatusCode {
    let mut request = Request::get("/api/v1/people");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn only_requests_to_this_machine_with_the_token_are_answered() {
    let stage = Stage::new().await;
    let (router, token) = served(&stage);
    let bearer = format!("Bearer {}", token.reveal());
    let cookie = format!("other=1; tally_{PORT}={}", token.reveal());
    let host = format!("127.0.0.1:{PORT}");
    let own = format!("http://localhost:{PORT}");
    let wrong = format!("Bearer {}", "0".repeat(64));
    for (expected, headers) in [
        (200, vec![("host", &*host), ("authorization", &*bearer)]),
        (200, vec![("host", "localhost:4711"), ("cookie", &*cookie)]),
        (
            200,
            vec![
                ("host", &*host),
                ("authorization", &*bearer),
                ("origin", &*own),
            ],
        ),
        (401, vec![("host", &*host)]),
        (401, vec![("host", &*host), ("authorization", &*wrong)]),
        (
            401,
            vec![("host", &*host), ("authorization", token.reveal())],
        ),
        (401, vec![("host", &*host), ("cookie", "tally_1=x")]),
        (421, vec![("authorization", &*bearer)]),
        (
            421,
            vec![("host", "evil.example"), ("authorization", &*bearer)],
        ),
        (
            421,
            vec![("host", "127.0.0.1:80"), ("authorization", &*bearer)],
        ),
        (
            421,
            vec![
                ("host", "127.0.0.1.evil.example:4711"),
                ("authorization", &*bearer),
            ],
        ),
        (
            403,
            vec![
                ("host", &*host),
                ("authorization", &*bearer),
                ("origin", "null"),
            ],
        ),
        (
            403,
            vec![
                ("host", &*host),
                ("authorization", &*bearer),
                ("origin", "http://evil.example"),
            ],
        ),
        (
            403,
            vec![
                ("host", &*host),
                ("authorization", &*bearer),
                ("origin", "https://127.0.0.1:4711"),
            ],
        ),
    ] {
        assert_eq!(status(&router, &headers).await, expected, "{headers:?}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_scripts_and_frames_out() {
    let stage = Stage::new().await;
    let (router, _) = served(&stage);
    for path in ["/", "/api/v1/people", "/api/v1/health", "/assets/none.js"] {
        let request = Request::get(path).header("host", "127.0.0.1:4711");
        let request = request.body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        let scripts = policy
            .split(';')
            .find(|part| part.trim().starts_with("script-src"));
        assert_eq!(scripts.map(str::trim), Some("script-src 'self'"), "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers()["x-frame-options"], "DENY");
    }
}

#[tokio::test]
async fn the_listener_is_on_the_loopback_address() {
    let listener = listen(0).await.unwrap();
    assert!(listener.local_addr().unwrap().ip().is_loopback());
}

#[test]
fn the_token_cannot_be_printed() {
    let token = StartToken::from_random([7; 32]);
    assert_eq!(token.reveal().len(), 64);
    assert_eq!(format!("{token:?}"), "[redacted]");
}
