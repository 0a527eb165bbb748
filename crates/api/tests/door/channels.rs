//! Channels over the door: what goes in as a secret does not come out again, whatever is asked.

use http::Method;
use serde_json::{Value, json};

use crate::stage::Stage;

/// Secrets that are sent in; each begins alike, so that any of them is found.
const PASSWORD: &str = "Canary-password-1";
const KEY: &str = "Canary-key-0123456789";
const ADDRESS: &str = "http://127.0.0.1:9/services/Canary-path-2";

async fn said(stage: &Stage, method: Method, path: &str, body: Value) -> (u16, Value) {
    let path = format!("/api/v1{path}");
    let (status, answer) = stage.ask(method, &path, Some(&body.to_string())).await;
    assert!(
        !answer.to_string().contains("Canary"),
        "{path} {body}: {answer}"
    );
    (status, answer)
}

fn mail() -> Value {
    json!({
        "kind": "mail", "name": "Finance", "secret": PASSWORD, "least": "warning",
        "settings": {
            "host": "mail.example.com", "user": "ada", "from": "Tallyport <tallyport@example.com>",
            "to": ["cfo@example.com"],
        },
        "digest": { "at": "08:00", "zone": "Europe/Vienna" },
    })
}

fn webhook() -> Value {
    json!({
        "kind": "webhook", "name": "Bot", "secret": KEY, "settings": { "url": ADDRESS, "allow_private": true },
    })
}

#[tokio::test]
async fn a_channel_is_added_changed_tried_and_removed_and_its_secret_never_comes_out() {
    let stage = Stage::new().await;
    let (status, added) = said(&stage, Method::POST, "/channels", mail()).await;
    assert_eq!(status, 201, "{added}");
    assert_eq!(added["has_secret"], true);
    assert_eq!(added["settings"]["port"], 465);
    assert_eq!(added["settings"]["security"], "tls");
    assert_eq!(added["digest"]["at"], "08:00");
    let (status, _) = said(&stage, Method::POST, "/channels", mail()).await;
    assert_eq!(status, 409, "the name is taken");

    let (_, bot) = said(&stage, Method::POST, "/channels", webhook()).await;
    assert_eq!(
        bot["settings"]["host"], "127.0.0.1",
        "the host alone is shown"
    );
    let path = format!("/channels/{}", bot["id"]);
    let kept = json!({ "kind": "webhook", "name": "Robot", "settings": { "allow_private": true } });
    let (status, changed) = said(&stage, Method::PUT, &path, kept).await;
    assert_eq!(
        (status, &changed["has_secret"]),
        (200, &json!(true)),
        "what is absent is kept"
    );

    let (status, tested) = said(&stage, Method::POST, &format!("{path}/test"), Value::Null).await;
    assert_eq!(status, 200, "{tested}");
    assert_eq!(tested["state"], "failed", "nobody listens there: {tested}");
    assert_eq!(tested["channel"]["name"], "Robot");
    let (_, all) = said(&stage, Method::GET, "/channels", Value::Null).await;
    assert_eq!(all["channels"][0]["kind"], "popup");
    assert_eq!(all["channels"][2]["last"]["state"], "failed");
    let (_, log) = said(&stage, Method::GET, "/deliveries?state=failed", Value::Null).await;
    assert_eq!(log["deliveries"][0]["id"], tested["id"]);
    assert_eq!(log["more"], false);

    let (status, _) = said(&stage, Method::DELETE, &path, Value::Null).await;
    assert_eq!(status, 204);
    let (status, _) = said(&stage, Method::POST, &format!("{path}/test"), Value::Null).await;
    assert_eq!(status, 404);
    let (status, _) = said(&stage, Method::DELETE, "/channels/0", Value::Null).await;
    assert_eq!(status, 409, "the desktop stays");
}

#[tokio::test]
async fn what_cannot_be_sent_on_is_refused_by_field_and_never_repeated() {
    let stage = Stage::new().await;
    let with = |mut ask: Value, pointer: &str, value: Value| {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        ask.pointer_mut(parent).unwrap()[key] = value;
        ask
    };
    let mut cases: Vec<(Value, &str)> = Vec::new();
    let long = format!("Canary{}", "x".repeat(3_000));
    for (pointer, value, field) in [
        ("/kind", json!("fax"), "kind"),
        ("/least", json!("loud"), "least"),
        ("/name", json!(" "), "name"),
        ("/secret", json!(null), "secret"),
        ("/secret", json!(""), "secret"),
        ("/secret", json!("Canary\nline"), "secret"),
        ("/secret", json!(long), "secret"),
        ("/settings/user", json!(null), "settings.user"),
        ("/settings/host", json!(""), "settings.host"),
        (
            "/settings/host",
            json!("mail.example.com/Canary"),
            "settings.host",
        ),
        ("/settings/security", json!("ssl"), "settings.security"),
        ("/settings/security", json!("none"), "settings.security"),
        (
            "/settings/certificate",
            json!("Canary"),
            "settings.certificate",
        ),
        ("/settings/from", json!("nobody"), "settings.from"),
        (
            "/settings/from",
            json!("a@example.com\r\nBcc: b@example.com"),
            "settings.from",
        ),
        ("/settings/to", json!([]), "settings.to"),
        (
            "/settings/to",
            json!(["a@example.com", "nobody"]),
            "settings.to",
        ),
        ("/settings/url", json!(ADDRESS), "settings.url"),
        ("/settings/connection", json!(1), "settings.connection"),
        ("/digest/at", json!("8 o'clock"), "digest.at"),
        ("/digest/zone", json!("Mars/Olympus"), "digest.zone"),
    ] {
        cases.push((with(mail(), pointer, value), field));
    }
    for (pointer, value, field) in [
        ("/secret", json!("Canary-short"), "secret"),
        ("/settings/url", json!("Canary"), "settings.url"),
        (
            "/settings/url",
            json!("ftp://127.0.0.1/Canary"),
            "settings.url",
        ),
        (
            "/settings/url",
            json!("https://Canary:Canary@127.0.0.1/"),
            "settings.url",
        ),
        ("/settings/url", json!(null), "settings.url"),
        ("/settings/from", json!("a@example.com"), "settings.from"),
    ] {
        cases.push((with(webhook(), pointer, value), field));
    }
    let ses = json!({
        "kind": "ses", "name": "SES", "secret": "Canary",
        "settings": { "connection": 1, "from": "a@example.com", "to": ["b@example.com"] },
    });
    cases.push((ses.clone(), "secret"));
    let sms =
        json!({ "kind": "sms", "name": "SMS", "settings": { "connection": 1, "to": ["0043 1"] } });
    cases.push((sms, "settings.to"));
    for (ask, field) in cases {
        let (status, problem) = said(&stage, Method::POST, "/channels", ask.clone()).await;
        assert_eq!(status, 422, "{ask}: {problem}");
        assert_eq!(problem["details"]["field"], field, "{ask}: {problem}");
    }
    // Bodies that cannot be read at all.
    for (ask, expected) in [
        (with(mail(), "/secret", json!({ "Canary": 1 })), 422),
        (with(mail(), "/secret", json!(["Canary"])), 422),
        (
            with(webhook(), "/settings/url", json!({ "Canary": 1 })),
            422,
        ),
    ] {
        let (status, _) = said(&stage, Method::POST, "/channels", ask).await;
        assert_eq!(status, expected);
    }
    let gone = with(
        with(ses, "/secret", Value::Null),
        "/settings/connection",
        json!(99),
    );
    let (status, _) = said(&stage, Method::POST, "/channels", gone).await;
    assert_eq!(status, 404, "there is no such connection");
    let (_, all) = said(&stage, Method::GET, "/channels", Value::Null).await;
    assert_eq!(
        all["channels"].as_array().unwrap().len(),
        1,
        "nothing was kept"
    );
}
