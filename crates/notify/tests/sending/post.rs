use std::time::Duration;

use serde_json::{Value, json};
use tallyport_notify::{Secret, SendError, Sender, Slack, Teams, Webhook};

use crate::notices::{EVIL, evil, long, parcel};
use crate::server::Server;

pub const KEY: &str = "Canary-webhook-key-0123456789";

pub fn address(server: &Server) -> Secret {
    Secret::new(format!(
        "http://127.0.0.1:{}/services/Canary00T/Canary11B",
        server.port
    ))
}

pub fn webhook(server: &Server) -> Webhook {
    Webhook {
        address: address(server),
        key: Secret::new(KEY.to_owned()),
        allow_private: true,
    }
}

fn body(told: &Value) -> Value {
    serde_json::from_str(told["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_receiver_that_knows_the_key_believes_a_webhook_once() {
    let server = Server::receiver(KEY, "200");
    let sender = webhook(&server);
    let first = parcel("ws-1");
    sender.send(&first).await.unwrap();
    let told = server.next();
    assert_eq!(told["verdict"], "good", "{told}");
    assert_eq!(told["kind"], "application/json");
    let body = body(&told);
    assert_eq!(
        body["lines"][0],
        json!({ "label": "Spent so far", "amount": "8123.456789", "currency": "USD" })
    );
    assert_eq!(body["alerts"], json!([7, 9]));
    assert_eq!(body["severity"], "warning");
    assert_eq!(body["place"], "/budgets/12");

    sender.send(&first).await.unwrap();
    assert_eq!(
        server.next()["verdict"],
        "seen",
        "a second attempt has the same id"
    );
    let mut old = parcel("ws-2");
    old.sent_at = old
        .sent_at
        .saturating_sub(jiff::SignedDuration::from_mins(6))
        .unwrap();
    sender.send(&old).await.unwrap();
    assert_eq!(server.next()["verdict"], "old", "the time is signed too");
    let forged = Webhook {
        key: Secret::new("another key, as long as it".to_owned()),
        ..sender
    };
    forged.send(&parcel("ws-3")).await.unwrap();
    assert_eq!(server.next()["verdict"], "forged");
}

#[tokio::test]
async fn what_a_receiver_answers_decides_whether_it_is_tried_again() {
    let server = Server::receiver(KEY, "503,429,404,401,302,204");
    let sender = webhook(&server);
    let mut outcomes = Vec::new();
    for _ in 0..6 {
        outcomes.push(sender.send(&parcel("ws-4")).await);
        server.next();
    }
    let lasting: Vec<Option<bool>> = outcomes
        .iter()
        .map(|outcome| outcome.as_ref().err().map(SendError::is_lasting))
        .collect();
    assert_eq!(
        lasting,
        [
            Some(false),
            Some(false),
            Some(true),
            Some(true),
            Some(true),
            None
        ],
        "{outcomes:?}"
    );
    assert_eq!(
        outcomes[1].as_ref().unwrap_err().after(),
        Some(Duration::from_secs(120)),
        "what it asks for is heeded"
    );
    assert!(server.is_silent(), "a redirect is not followed");
}

#[tokio::test]
async fn an_address_inside_is_refused_unless_the_channel_allows_it() {
    let server = Server::receiver(KEY, "200");
    let all: [Box<dyn Sender>; 3] = [
        Box::new(Webhook {
            allow_private: false,
            ..webhook(&server)
        }),
        Box::new(Slack {
            address: address(&server),
            allow_private: false,
        }),
        Box::new(Teams {
            address: address(&server),
            allow_private: false,
        }),
    ];
    for sender in all {
        let refused = sender.send(&parcel("ws-5")).await.unwrap_err();
        assert!(
            matches!(refused, SendError::PrivateTarget { .. }),
            "{refused:?}"
        );
    }
    assert!(server.is_silent());
}

/// Every text below `value`, with the type of the object that it stands in.
fn texts(value: &Value, within: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(object) => {
            let within = object.get("type").and_then(Value::as_str).unwrap_or(within);
            for (key, value) in object {
                match value {
                    Value::String(text) if key != "type" => {
                        found.push((within.to_owned(), text.clone()));
                    }
                    other => texts(other, within, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|value| texts(value, within, found)),
        _ => {}
    }
}

#[tokio::test]
async fn in_slack_a_name_mentions_nobody_and_links_nowhere() {
    let server = Server::receiver(KEY, "200");
    let slack = Slack {
        address: address(&server),
        allow_private: true,
    };
    slack.send(&evil("ws-6")).await.unwrap();
    let message = body(&server.next());
    let fallback = message["text"].as_str().unwrap();
    assert!(
        fallback.starts_with("&lt;!channel&gt; &lt;img"),
        "{fallback}"
    );
    assert_eq!(message["mrkdwn"], false);
    let mut found = Vec::new();
    texts(&message["blocks"], "", &mut found);
    assert!(found.len() >= 5, "{found:?}");
    for (kind, text) in found {
        assert_eq!(kind, "plain_text", "{text}");
    }

    slack.send(&parcel("ws-7")).await.unwrap();
    let message = body(&server.next());
    assert_eq!(
        message["blocks"][0]["text"]["text"],
        "Jane Doe at 81 % of September's budget"
    );
    assert_eq!(message["blocks"][2]["fields"][1]["text"], "8,123.46 USD");

    slack.send(&long("ws-8")).await.unwrap();
    let message = body(&server.next());
    let blocks = message["blocks"].as_array().unwrap();
    assert!(blocks.len() <= 50);
    let length = |value: &Value| value["text"].as_str().unwrap().chars().count();
    assert!(length(&blocks[0]["text"]) <= 150);
    assert!(length(&blocks[1]["text"]) <= 3_000);
    for block in blocks {
        let fields = block["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        assert!(fields.len() <= 10 && fields.iter().all(|field| length(field) <= 2_000));
    }
}

#[tokio::test]
async fn in_teams_a_name_is_no_markdown_and_the_card_is_small_enough() {
    let server = Server::receiver(KEY, "202");
    let teams = Teams {
        address: address(&server),
        allow_private: true,
    };
    teams.send(&evil("ws-9")).await.unwrap();
    let message = body(&server.next());
    let attachment = &message["attachments"][0];
    assert_eq!(
        attachment["contentType"],
        "application/vnd.microsoft.card.adaptive"
    );
    let mut found = Vec::new();
    texts(&attachment["content"]["body"], "", &mut found);
    let words: Vec<_> = found
        .iter()
        .filter(|(_, text)| text.contains("[click]"))
        .collect();
    assert!(words.len() >= 4, "{found:?}");
    for (kind, text) in words {
        assert_eq!(kind, "TextRun", "{text}: a TextBlock would read Markdown");
    }
    assert!(!message.to_string().contains('\u{202e}') && EVIL.contains('\u{202e}'));

    teams.send(&parcel("ws-10")).await.unwrap();
    assert!(
        server.next()["body"]
            .as_str()
            .unwrap()
            .contains("8,123.46 USD")
    );
    teams.send(&long("ws-11")).await.unwrap();
    let size = server.next()["body"].as_str().unwrap().len();
    assert!(size < 28_000, "{size}");
}
