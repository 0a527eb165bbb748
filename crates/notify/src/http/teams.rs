use async_trait::async_trait;
use serde_json::{Value, json};
use tallyport_ledger::alert::Severity;

use crate::http::chat;
use crate::text;
use crate::{Parcel, Secret, SendError, Sender, figure};

/// A webhook of Microsoft Teams (Workflows): an Adaptive Card.
#[derive(Debug, Clone)]
pub struct Teams {
    /// Where to; whoever knows it may post there.
    pub address: Secret,
    /// Whether it may lead into a private network.
    pub allow_private: bool,
}

#[async_trait]
impl Sender for Teams {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        chat::tell(&self.address, self.allow_private, &message(parcel)).await
    }
}

/// A run of text, the one element of a card in which Markdown means nothing.
fn run(words: &str, look: Value) -> Value {
    let mut run = json!({ "type": "TextRun", "text": words });
    if let (Value::Object(run), Value::Object(look)) = (&mut run, look) {
        run.extend(look);
    }
    json!({ "type": "RichTextBlock", "inlines": [run] })
}

fn message(parcel: &Parcel) -> Value {
    let notice = &parcel.notice;
    let color = match notice.severity {
        Severity::Notice => "default",
        Severity::Warning => "warning",
        Severity::Urgent => "attention",
    };
    let title = json!({ "size": "large", "weight": "bolder", "color": color });
    let mut body = vec![run(&text::line(&notice.title, 150), title)];
    for part in text::lines(&notice.text, 2_900)
        .lines()
        .filter(|part| !part.is_empty())
    {
        body.push(run(part, json!({})));
    }
    for line in chat::lines(parcel) {
        let mut amount = run(&figure(line.amount), json!({ "weight": "bolder" }));
        amount["horizontalAlignment"] = "right".into();
        body.push(json!({
            "type": "ColumnSet",
            "columns": [
                { "type": "Column", "width": "stretch", "items": [run(&text::line(&line.label, 200), json!({}))] },
                { "type": "Column", "width": "auto", "items": [amount] },
            ],
        }));
    }
    body.push(run(
        &chat::below(parcel),
        json!({ "isSubtle": true, "size": "small" }),
    ));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
                "fallbackText": text::line(&notice.title, 150),
            },
        }],
    })
}
