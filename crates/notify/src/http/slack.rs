use async_trait::async_trait;
use serde_json::{Value, json};

use crate::http::chat;
use crate::text;
use crate::{Parcel, Secret, SendError, Sender, figure};

/// An incoming webhook of Slack, or of a chat that takes the same (Mattermost).
#[derive(Debug, Clone)]
pub struct Slack {
    /// Where to; whoever knows it may post there.
    pub address: Secret,
    /// Whether it may lead into a private network.
    pub allow_private: bool,
}

#[async_trait]
impl Sender for Slack {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        chat::tell(&self.address, self.allow_private, &message(parcel)).await
    }
}

/// Plain text is shown as it is: no link, no mention, no picture in words.
fn plain(words: &str, most: usize) -> Value {
    let words = text::lines(words, most);
    // An empty text is refused.
    let words = if words.is_empty() {
        "–".to_owned()
    } else {
        words
    };
    json!({ "type": "plain_text", "text": words, "emoji": false })
}

fn message(parcel: &Parcel) -> Value {
    let notice = &parcel.notice;
    let mut blocks =
        vec![json!({ "type": "header", "text": plain(&text::line(&notice.title, 140), 150) })];
    if !notice.text.is_empty() {
        blocks.push(json!({ "type": "section", "text": plain(&notice.text, 2_900) }));
    }
    for lines in chat::lines(parcel).chunks(5) {
        let fields: Vec<Value> = lines
            .iter()
            .flat_map(|line| {
                [
                    plain(&text::line(&line.label, 200), 200),
                    plain(&figure(line.amount), 200),
                ]
            })
            .collect();
        blocks.push(json!({ "type": "section", "fields": fields }));
    }
    blocks.push(json!({ "type": "context", "elements": [plain(&chat::below(parcel), 300)] }));
    // What notifications and chats without blocks show. Here `<!channel>` would call everybody.
    let title = text::escaped(&text::line(&notice.title, 300));
    json!({ "text": title, "mrkdwn": false, "unfurl_links": false, "unfurl_media": false, "blocks": blocks })
}
